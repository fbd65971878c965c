import { LinkifyIt } from 'linkify-it'

/** A piece of a text: what is written, and where it leads when it is an address. */
export interface TextPiece {
  readonly text: string
  /** An `http:`, `https:` or `mailto:` address; null: just text. */
  readonly href: string | null
}

const linkify = new LinkifyIt({ fuzzyLink: true, fuzzyEmail: true, fuzzyIP: false })
  .add('ftp:', null)
  .add('//', null)

/** Chinese stands before and after an address without a space; an address that is copied has none in it. */
const BETWEEN_CHINESE =
  /(?<=[\u3000-\u303f\u3400-\u9fff\uff00-\uffef])|(?=[\u3000-\u303f\u3400-\u9fff\uff00-\uffef])/u

/** The text in pieces, so that its addresses can be followed. */
export function piecesOf(text: string): readonly TextPiece[] {
  const pieces: TextPiece[] = []
  for (const piece of text.split(BETWEEN_CHINESE).flatMap(withoutChinese)) {
    const last = pieces.at(-1)
    const isMore = last?.href === null && piece.href === null
    if (isMore) pieces.splice(-1, 1, { text: last.text + piece.text, href: null })
    else pieces.push(piece)
  }
  return pieces
}

function withoutChinese(part: string): TextPiece[] {
  const pieces: TextPiece[] = []
  let at = 0
  for (const { index, lastIndex, url } of linkify.match(part) ?? []) {
    pieces.push({ text: part.slice(at, index), href: null })
    pieces.push({ text: part.slice(index, lastIndex), href: url })
    at = lastIndex
  }
  pieces.push({ text: part.slice(at), href: null })
  return pieces.filter(({ text }) => text !== '')
}
