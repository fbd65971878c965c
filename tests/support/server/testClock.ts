import type { Clock } from '#server/platform/clock.ts'

/** Time that moves only when the test says so. */
export interface TestClock extends Clock {
  advance(ms: number): void
  /** The machine's clock is set: no time passes. */
  set(byMs: number): void
  /** How many timers wait. */
  readonly pending: number
}

export function createTestClock(startAt = Date.UTC(2026, 0, 15, 12)): TestClock {
  let time = startAt
  let setByMs = 0
  let timers: { at: number; run: () => void }[] = []

  return {
    now: () => time + setByMs,
    elapsed: () => time,
    set(byMs) {
      setByMs += byMs
    },
    get pending() {
      return timers.length
    },
    after(ms, run) {
      const timer = { at: time + ms, run }
      timers.push(timer)
      return () => {
        timers = timers.filter((other) => other !== timer)
      }
    },
    advance(ms) {
      const until = time + ms
      for (;;) {
        const [next] = timers.filter(({ at }) => at <= until).sort((a, b) => a.at - b.at)
        if (next === undefined) break
        timers = timers.filter((timer) => timer !== next)
        time = Math.max(time, next.at)
        next.run()
      }
      time = until
    },
  }
}
