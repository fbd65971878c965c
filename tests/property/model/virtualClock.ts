import type { Clock } from '#server/platform/clock.ts'

/** Time that moves only when the schedule says so; what is due happens in its order. */
export interface VirtualClock extends Clock {
  /** Let `ms` go by. */
  pass(ms: number): void
}

interface Due {
  readonly at: number
  run: (() => void) | null
}

export function createVirtualClock(): VirtualClock {
  let now = Date.UTC(2026, 0, 15, 12)
  // The latest first, so that the next one is popped from the end.
  const waiting: Due[] = []

  function placeOf(at: number): number {
    let low = 0
    let high = waiting.length
    while (low < high) {
      const middle = (low + high) >> 1
      if ((waiting[middle]?.at ?? 0) > at) low = middle + 1
      else high = middle
    }
    return low
  }

  return {
    now: () => now,
    elapsed: () => now,
    after(ms, run) {
      const due: Due = { at: now + ms, run }
      waiting.splice(placeOf(due.at), 0, due)
      return () => {
        due.run = null
      }
    },
    pass(ms) {
      const until = now + ms
      for (;;) {
        const next = waiting.at(-1)
        if (next === undefined || next.at > until) break
        waiting.pop()
        now = next.at
        next.run?.()
      }
      now = until
    },
  }
}
