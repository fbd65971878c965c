import { lateShare, recent, type Trip } from './lateness.ts'

export interface UseLatenessOptions {
  /** A word to the server; settles with the answer. */
  ping: () => Promise<unknown>
  /** ms */
  now: () => number
}

export interface UseLatenessReturn {
  /** Send one more word. */
  probe(): void
  /** The share of the last words that came back late or not at all, 0 to 1. */
  share(): number
  /** A new call counts anew. */
  reset(): void
}

/** How this side's own way to the server is: the part of the path that is nobody else's. */
export function useLateness({ ping, now }: UseLatenessOptions): UseLatenessReturn {
  let trips: readonly Trip[] = []
  let bestMs = Number.POSITIVE_INFINITY

  return {
    probe() {
      const sentAt = now()
      trips = [...recent(trips, sentAt), { sentAt, tookMs: null }]
      ping().then(
        () => {
          const tookMs = now() - sentAt
          bestMs = Math.min(bestMs, tookMs)
          trips = trips.map((trip) => (trip.sentAt === sentAt ? { sentAt, tookMs } : trip))
        },
        // No answer is an answer.
        () => undefined,
      )
    },
    share: () => (Number.isFinite(bestMs) ? lateShare(trips, bestMs, now()) : 0),
    reset() {
      trips = []
    },
  }
}
