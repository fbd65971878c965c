import { LinkifyIt } from 'linkify-it'
import { FILE_ENDINGS, TOP_LEVEL_DOMAINS } from './topLevelDomains.ts'

/** A piece of a text: what is written, and where it leads when it is an address. */
export interface TextPiece {
  readonly text: string
  /** An `http:`, `https:` or `mailto:` address; null: just text. */
  readonly href: string | null
  /** It mentions somebody. */
  readonly isMark: boolean
}

const linkify = new LinkifyIt({ fuzzyLink: true, fuzzyEmail: true, fuzzyIP: false })
  .tlds(TOP_LEVEL_DOMAINS)
  .add('ftp:', null)
  .add('//', null)

/** Chinese stands before and after an address without a space; an address that is copied has none in it. */
const BETWEEN_CHINESE =
  /(?<=[\u3000-\u303f\u3400-\u9fff\uff00-\uffef])|(?=[\u3000-\u303f\u3400-\u9fff\uff00-\uffef])/u

const FILE_NAME = new RegExp(String.raw`^(?!www\.)[^/?#:]+\.(?:${FILE_ENDINGS})(?:[?#:]|$)`, 'i')

/** The text in pieces, so that its addresses can be followed. @param marks what mentions somebody */
export function piecesOf(text: string, marks: readonly string[] = []): readonly TextPiece[] {
  const pieces: TextPiece[] = []
  for (const piece of piecesBetween(text, marks)) {
    const last = pieces.at(-1)
    const isMore = last !== undefined && isPlain(last) && isPlain(piece)
    if (isMore) pieces.splice(-1, 1, { ...last, text: last.text + piece.text })
    else pieces.push(piece)
  }
  return pieces
}

const isPlain = ({ href, isMark }: TextPiece): boolean => href === null && !isMark

function piecesBetween(text: string, marks: readonly string[]): TextPiece[] {
  const longestFirst = marks.toSorted((a, b) => b.length - a.length)
  const mark = longestFirst.find((one) => text.includes(one))
  if (mark === undefined) return text.split(BETWEEN_CHINESE).flatMap(withoutChinese)
  const at = text.indexOf(mark)
  return [
    ...piecesBetween(text.slice(0, at), marks),
    { text: mark, href: null, isMark: true },
    ...piecesBetween(text.slice(at + mark.length), marks),
  ]
}

/** What can't be seen in an address, or turns it around, is written out: it would look like another one. */
const shownAddress = (address: string): string =>
  address.replaceAll(/[\p{Cf}\p{Default_Ignorable_Code_Point}]/gu, encodeURIComponent)

function withoutChinese(part: string): TextPiece[] {
  const pieces: TextPiece[] = []
  let at = 0
  for (const { index, lastIndex, raw, schema, url } of linkify.match(part) ?? []) {
    // Written without a scheme.
    if (schema === '' && FILE_NAME.test(raw)) continue
    pieces.push({ text: part.slice(at, index), href: null, isMark: false })
    pieces.push({ text: shownAddress(part.slice(index, lastIndex)), href: url, isMark: false })
    at = lastIndex
  }
  pieces.push({ text: part.slice(at), href: null, isMark: false })
  return pieces.filter(({ text }) => text !== '')
}
