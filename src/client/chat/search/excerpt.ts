import { folded } from '#shared/folding.ts'

/** A piece of a text, and whether it is what was looked for. */
export interface ExcerptPiece {
  readonly text: string
  readonly isHit: boolean
}

/** So much stands before the first hit, in characters. */
const BEFORE = 12

const segmenter = new Intl.Segmenter()

/** One line around the first of the words that were looked for, with all of them marked. */
export function excerptOf(text: string, query: string): readonly ExcerptPiece[] {
  const line = text.replaceAll(/\s+/g, ' ')
  const words = folded(query)
    .split(/\s+/)
    .filter((word) => word !== '')
  if (words.length === 0) return [{ text: line, isHit: false }]
  const characters = Array.from(segmenter.segment(line), ({ segment }) => segment)
  const hits = hitsIn(characters, words)
  const first = Math.max(
    characters.findIndex((_, at) => hits.has(at)),
    0,
  )
  const from = first > BEFORE ? first - BEFORE : 0
  const pieces = from > 0 ? [{ text: '…', isHit: false }] : []
  for (let at = from; at < characters.length; at += 1) {
    const isHit = hits.has(at)
    const last = pieces.at(-1)
    if (last?.isHit === isHit) last.text += characters[at] ?? ''
    else pieces.push({ text: characters[at] ?? '', isHit })
  }
  return pieces
}

/** Which characters belong to one of the words, as the search compares them. */
function hitsIn(characters: readonly string[], words: readonly string[]): ReadonlySet<number> {
  const compared = characters.map((character) => folded(character))
  const whole = compared.join('')
  /** Of which character each unit of the whole is. */
  const places = compared.flatMap((one, at) => Array.from({ length: one.length }, () => at))
  const hits = new Set<number>()
  for (const word of words) {
    for (let at = whole.indexOf(word); at !== -1; at = whole.indexOf(word, at + word.length)) {
      const last = places[at + word.length - 1] ?? 0
      for (let place = places[at] ?? 0; place <= last; place += 1) hits.add(place)
    }
  }
  return hits
}
