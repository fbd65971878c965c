/** The server's time: told by what it says, and counted on by a clock that nobody can set. */
export interface ServerClock {
  /** ms UTC */
  now(): number
  /** A question leaves whose answer tells the time. */
  ask(): void
  /** The answer is here. */
  adjust(serverNow: number): void
  /** Nobody answers what was asked: its connection is gone. */
  forget(): void
}

/** @param elapsed ms since some moment; the device's own clock may be set, and jump, at any time */
export function createServerClock(elapsed = (): number => performance.now()): ServerClock {
  let offset = Date.now() - elapsed()
  let hasHeard = false
  let askedAt: number | null = null

  return {
    now: () => elapsed() + offset,
    ask() {
      askedAt ??= elapsed()
    },
    adjust(serverNow) {
      // The server looked at its clock after the question left and before the answer came.
      const least = serverNow - elapsed()
      const most = serverNow - (askedAt ?? elapsed())
      askedAt = null
      // What fits stays: a timer on screen must not tremble with each answer that is late.
      offset = hasHeard ? Math.min(Math.max(offset, least), most) : least
      hasHeard = true
    },
    forget() {
      askedAt = null
    },
  }
}
