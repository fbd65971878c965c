/** A word to the server and how long its answer took; null: none has come yet. */
export interface Trip {
  readonly sentAt: number
  readonly tookMs: number | null
}

const WINDOW_MS = 8_000
/** This much more than the best trip is more than the usual ups and downs. */
const LATE_MS = 150

/** Drop what is too old to say anything of now. */
export const recent = (trips: readonly Trip[], at: number): readonly Trip[] =>
  trips.filter(({ sentAt }) => at - sentAt <= WINDOW_MS)

/** The share of trips that came back late or not at all; a word under way is not late yet. */
export function lateShare(trips: readonly Trip[], bestMs: number, at: number): number {
  const limit = bestMs + LATE_MS
  const told = recent(trips, at).filter(
    ({ sentAt, tookMs }) => tookMs !== null || at - sentAt > limit,
  )
  if (told.length === 0) return 0
  return told.filter(({ tookMs }) => tookMs === null || tookMs > limit).length / told.length
}
