import { rateLimited } from '#server/platform/limits/limiter.ts'

const RETRY_AFTER_MS = 2_000

export interface WorkQueueOptions {
  maxRunning: number
  maxWaiting: number
}

/**
 * Run expensive work a few at a time, the rest in order.
 * @throws AppError `request/rate-limited` from the returned function when too many wait already
 */
export function createWorkQueue({ maxRunning, maxWaiting }: WorkQueueOptions) {
  const waiting: (() => void)[] = []
  let running = 0

  function leave(): void {
    const next = waiting.shift()
    // The next one takes over the place, so `running` stays as it is.
    if (next === undefined) running -= 1
    else next()
  }

  async function enter(): Promise<void> {
    if (running < maxRunning) {
      running += 1
      return
    }
    if (waiting.length >= maxWaiting) throw rateLimited(RETRY_AFTER_MS)
    await new Promise<void>((resolve) => waiting.push(resolve))
  }

  return async function run<T>(work: () => Promise<T>): Promise<T> {
    await enter()
    try {
      return await work()
    } finally {
      leave()
    }
  }
}
