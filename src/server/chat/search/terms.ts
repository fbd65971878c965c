import { folded } from '#shared/folding.ts'

/** Words of a text as they are compared. */
export const wordsOf = (text: string): string[] =>
  folded(text)
    .split(/\s+/u)
    .filter((word) => word !== '')

/** Two neighbours of a word; its last character stands alone, so that one can be looked for too. */
function pairsOf(word: string): string[] {
  const letters = Array.from(word)
  return letters.map((letter, at) => letter + (letters[at + 1] ?? ''))
}

/** A text is found under its first terms: each is a row in another place of the index. */
export const TERMS_MAX = 1_000

/** Every term of a text, each once. Chinese has no spaces, so any two neighbours are a term. */
export const allTermsOf = (text: string): string[] => [...new Set(wordsOf(text).flatMap(pairsOf))]

/** The terms under which a text is found. */
export const termsOf = (text: string): string[] => allTermsOf(text).slice(0, TERMS_MAX)

/** What is looked for in the index. */
export type Condition =
  | { readonly kind: 'term'; readonly term: string }
  /** Any term that begins with it. */
  | { readonly kind: 'prefix'; readonly prefix: string }

/** So many pairs of a word narrow it down enough; what is found is compared with the whole. */
const PAIRS_MAX = 4
/** So many conditions are looked up for one query, whatever it holds. */
export const CONDITIONS_MAX = 6

/** What must be in the index of a text that holds all of these words; not all that must be there. */
export function conditionsOf(words: readonly string[]): Condition[] {
  const pairs = words.map((word) => pairsOf(word).slice(0, -1))
  // The first pair of each word, then the second ones: all words take part.
  const terms = Array.from({ length: PAIRS_MAX }, (_, at) => pairs.flatMap((all) => all[at] ?? []))
  const few = [...new Set(terms.flat())].slice(0, CONDITIONS_MAX)
  if (few.length > 0) return few.map((term) => ({ kind: 'term', term }))
  return words.slice(0, 1).map((prefix) => ({ kind: 'prefix', prefix }))
}

/** Whether a text holds all of these words. */
export function holds(text: string, words: readonly string[]): boolean {
  const whole = wordsOf(text).join(' ')
  return words.every((word) => whole.includes(word))
}
