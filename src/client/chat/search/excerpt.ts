/** A piece of a text, and whether it is what was looked for. */
export interface ExcerptPiece {
  readonly text: string
  readonly isHit: boolean
}

/** So much stands before the first hit, in characters. */
const BEFORE = 12

const escaped = (word: string): string => word.replaceAll(/[$()*+./?[\\\]^{|}-]/g, String.raw`\$&`)

/** One line around the first of the words that were looked for, with all of them marked. */
export function excerptOf(text: string, query: string): readonly ExcerptPiece[] {
  const line = text.replaceAll(/\s+/g, ' ')
  const words = query.split(/\s+/).filter((word) => word !== '')
  if (words.length === 0) return [{ text: line, isHit: false }]
  const pattern = new RegExp(`(${words.map(escaped).join('|')})`, 'giu')
  const first = line.search(pattern)
  const from = first > BEFORE ? first - BEFORE : 0
  const shown = from > 0 ? `…${line.slice(from).toWellFormed()}` : line
  // Split by a group: what matched stands at the odd places.
  return shown
    .split(pattern)
    .map((piece, index) => ({ text: piece, isHit: index % 2 === 1 }))
    .filter((piece) => piece.text !== '')
}
