/** A word that stays the same for a while, so that nothing blinks. */
export interface Steady<T> {
  readonly shown: T | null
  /** What wants to be shown, and since when. */
  readonly next: T | null
  readonly since: number
}

export const nothingShown = <T>(): Steady<T> => ({ shown: null, next: null, since: 0 })

/** Hear the word of this moment (or that there is none), which is shown when it has held for `holdMs`. */
export function steady<T>(
  before: Steady<T>,
  { now, holdMs }: { readonly now: T | null; readonly holdMs: number },
  at: number,
): Steady<T> {
  if (now === before.shown) return { shown: before.shown, next: now, since: at }
  const since = now === before.next ? before.since : at
  return { shown: at - since >= holdMs ? now : before.shown, next: now, since }
}
