import { RateLimiterMemory, RateLimiterRes } from 'rate-limiter-flexible'
import { AppError } from '#shared/errors.ts'

/** So many in a time for each key, kept in memory: a restart forgives. */
export interface Limiter {
  /** @throws AppError `request/rate-limited` when there were as many already */
  take(key: string): Promise<void>
  /** Give one back. */
  refund(key: string): Promise<void>
}

export interface LimiterOptions {
  count: number
  windowMs: number
}

/** The failure that tells when to come again. */
export function rateLimited(retryAfterMs: number): AppError {
  return new AppError('request/rate-limited', {
    retryAfterMs: Math.max(1, Math.ceil(retryAfterMs)),
  })
}

/** Build a limiter. Its clock is the process's own. */
export function createLimiter({ count, windowMs }: LimiterOptions): Limiter {
  const limiter = new RateLimiterMemory({ points: count, duration: windowMs / 1000 })
  return {
    async take(key) {
      try {
        await limiter.consume(key)
      } catch (refusal) {
        if (refusal instanceof RateLimiterRes) throw rateLimited(refusal.msBeforeNext)
        throw refusal
      }
    },
    async refund(key) {
      await limiter.reward(key)
    },
  }
}
