/** Words of a text as they are compared: no difference of case or width. */
export const wordsOf = (text: string): string[] =>
  text
    .normalize('NFKC')
    .toLowerCase()
    .split(/\s+/u)
    .filter((word) => word !== '')

/** Two neighbours of a word; its last character stands alone, so that one can be looked for too. */
function pairsOf(word: string): string[] {
  const letters = Array.from(word)
  return letters.map((letter, at) => letter + (letters[at + 1] ?? ''))
}

/** Under what a text is found, each once. Chinese has no spaces, so any two neighbours are a term. */
export const termsOf = (text: string): string[] => [...new Set(wordsOf(text).flatMap(pairsOf))]

/** What is looked for in the index. */
export type Condition =
  | { readonly kind: 'term'; readonly term: string }
  /** Any term that begins with it. */
  | { readonly kind: 'prefix'; readonly prefix: string }

/** So many pairs of a word narrow it down enough; what is found is compared with the whole. */
const PAIRS_MAX = 4

/** What must be in the index of a text that holds all of these words. */
export function conditionsOf(words: readonly string[]): Condition[] {
  return words.flatMap((word): Condition[] => {
    const pairs = pairsOf(word).slice(0, -1)
    if (pairs.length === 0) return [{ kind: 'prefix', prefix: word }]
    return [...new Set(pairs)].slice(0, PAIRS_MAX).map((term) => ({ kind: 'term', term }))
  })
}

/** Whether a text holds all of these words. */
export function holds(text: string, words: readonly string[]): boolean {
  const whole = wordsOf(text).join(' ')
  return words.every((word) => whole.includes(word))
}
