/** Time, as the server's rooms get it: tests own it. */
export interface Clock {
  /** ms UTC */
  now(): number
  /** ms that have passed since some moment: goes on evenly when the machine's clock is set. */
  elapsed(): number
  /** Run once after `ms`; returns the function that calls it off. Never keeps the process alive. */
  after(ms: number, run: () => void): () => void
}

export const systemClock: Clock = {
  now: () => Date.now(),
  elapsed: () => performance.now(),
  after(ms, run) {
    const timer = setTimeout(run, ms)
    timer.unref()
    return () => {
      clearTimeout(timer)
    }
  },
}
