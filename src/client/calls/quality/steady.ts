/** A word that stays the same for a while, so that nothing blinks. */
export interface Steady<T> {
  readonly shown: T | null
  /** What wants to be shown, and since when. */
  readonly next: T | null
  readonly since: number
}

export const nothingShown = <T>(): Steady<T> => ({ shown: null, next: null, since: 0 })

/** How long no word has to hold before the shown one goes. */
const GO_MS = 8_000

/** Hear the word of this moment, which is shown when it has held for `comeMs`. */
export function steady<T>(
  before: Steady<T>,
  { now, comeMs }: { readonly now: T | null; readonly comeMs: number },
  at: number,
): Steady<T> {
  if (now === before.shown) return { shown: before.shown, next: now, since: at }
  const since = now === before.next ? before.since : at
  const isRipe = at - since >= (now === null ? GO_MS : comeMs)
  return { shown: isRipe ? now : before.shown, next: now, since }
}
