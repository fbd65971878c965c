import { RateLimiterMemory, RateLimiterRes } from 'rate-limiter-flexible'
import { rateLimited, type Limiter } from '#server/platform/limits/limiter.ts'

/** Wrong passwords are counted over this time. */
const WINDOW_MS = 15 * 60 * 1000
/** So many wrong ones for an account are free; each further one doubles the delay. */
const FREE_FAILURES = 5
const FIRST_DELAY_MS = 15_000
/** An address from which the account was entered is counted apart for this long. */
const KNOWN_MS = 7 * 24 * 60 * 60 * 1000

export interface LoginThrottle {
  /**
   * Run one attempt, if it may be made now. Attempts count before they are checked, so that many at
   * once are not many free guesses; a right one is given back.
   * @param from key of the address
   * @throws AppError `request/rate-limited`
   */
  attempt<T>(mobile: string, from: string, check: () => Promise<T | null>): Promise<T | null>
}

/** Eight minutes at most: the window ends before a longer one, and the count with it. */
const delayAfter = (failures: number): number => FIRST_DELAY_MS * 2 ** (failures - FREE_FAILURES)

/** Slow down guessing per account and per address, alike for accounts that do not exist [S11, S12]. */
export function createLoginThrottle(perAddress: Limiter): LoginThrottle {
  const failures = createCounter(Number.MAX_SAFE_INTEGER)
  const delays = createCounter(1)
  const known = createCounter(1)

  /** The owner at a place of theirs does not wait for what strangers do elsewhere. */
  async function keyOf(mobile: string, from: string): Promise<string> {
    const mark = await known.get(pairOf(mobile, from))
    return mark !== null && mark.msBeforeNext > 0 ? pairOf(mobile, from) : mobile
  }

  async function begin(key: string): Promise<void> {
    const { consumedPoints } = await failures.consume(key)
    if (consumedPoints < FREE_FAILURES) return
    try {
      // The one attempt of this delay: of many at once only the first gets it.
      await delays.consume(key, 1, { customDuration: delayAfter(consumedPoints) / 1000 })
    } catch (refusal) {
      await failures.reward(key)
      throw refusal instanceof RateLimiterRes ? rateLimited(refusal.msBeforeNext) : refusal
    }
  }

  async function undo(key: string, from: string): Promise<void> {
    await Promise.all([perAddress.refund(from), failures.reward(key)])
  }

  async function forgive(key: string, from: string): Promise<void> {
    await Promise.all([perAddress.refund(from), failures.delete(key), delays.delete(key)])
  }

  return {
    async attempt(mobile, from, check) {
      const key = await keyOf(mobile, from)
      await perAddress.take(from)
      await begin(key).catch(async (refusal: unknown) => {
        await perAddress.refund(from)
        throw refusal
      })
      const found = await check().catch(async (trouble: unknown) => {
        await undo(key, from)
        throw trouble
      })
      if (found === null) return null
      await forgive(key, from)
      await known.set(pairOf(mobile, from), 1, KNOWN_MS / 1000)
      return found
    },
  }
}

const pairOf = (mobile: string, from: string): string => `${mobile} ${from}`

const createCounter = (points: number): RateLimiterMemory =>
  new RateLimiterMemory({ points, duration: WINDOW_MS / 1000 })
