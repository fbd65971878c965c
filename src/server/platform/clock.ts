/** Time, as the server's rooms get it: tests own it. */
export interface Clock {
  /** ms UTC */
  now(): number
  /** Run once after `ms`; returns the function that calls it off. Never keeps the process alive. */
  after(ms: number, run: () => void): () => void
}

export const systemClock: Clock = {
  now: () => Date.now(),
  after(ms, run) {
    const timer = setTimeout(run, ms)
    timer.unref()
    return () => {
      clearTimeout(timer)
    }
  },
}
