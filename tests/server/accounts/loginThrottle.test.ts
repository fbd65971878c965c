import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { createLoginThrottle } from '#server/accounts/loginThrottle.ts'
import { createLimiter } from '#server/platform/limits/limiter.ts'

const MINUTE_MS = 60_000
const OWNER = '13006789001'
const wrong = () => Promise.resolve(null)
const right = () => Promise.resolve('entered')

const throttleOf = (perAddress = 20) =>
  createLoginThrottle(createLimiter({ count: perAddress, windowMs: 15 * MINUTE_MS }))

/** The delay that an attempt is refused with, or 0 when it may be made. */
async function delayOf(attempt: Promise<unknown>): Promise<number> {
  try {
    await attempt
    return 0
  } catch (error) {
    expect(error).toMatchObject({ code: 'request/rate-limited' })
    return (error as { retryAfterMs: number }).retryAfterMs
  }
}

describe('createLoginThrottle', () => {
  // The limiter counts with the process's clock.
  beforeEach(() => {
    vi.useFakeTimers({ toFake: ['Date'], now: 1_000_000_000_000 })
  })
  afterEach(() => {
    vi.useRealTimers()
  })

  it('[S11] lets five wrong ones pass and delays the sixth', async () => {
    const throttle = throttleOf()
    for (let n = 1; n <= 5; n += 1) expect(await throttle.attempt(OWNER, 'a', wrong)).toBeNull()
    expect(await delayOf(throttle.attempt(OWNER, 'a', wrong))).toBe(15_000)
  })

  it('[S11] doubles the delay with each further wrong one, and a refused one costs nothing', async () => {
    const throttle = throttleOf()
    for (let n = 1; n <= 5; n += 1) await throttle.attempt(OWNER, 'a', wrong)
    const delays: number[] = []
    for (let n = 1; n <= 5; n += 1) {
      await delayOf(throttle.attempt(OWNER, 'a', wrong))
      const delay = await delayOf(throttle.attempt(OWNER, 'a', wrong))
      delays.push(delay)
      vi.advanceTimersByTime(delay)
      expect(await throttle.attempt(OWNER, 'a', wrong)).toBeNull()
    }
    expect(delays).toEqual([15_000, 30_000, 60_000, 120_000, 240_000])
  })

  it('[S11] counts many at once one by one', async () => {
    const throttle = throttleOf(100)
    const delays = await Promise.all(
      Array.from({ length: 50 }, (_, n) => delayOf(throttle.attempt(OWNER, `a${n}`, wrong))),
    )
    expect(delays.filter((delay) => delay === 0)).toHaveLength(5)
  })

  it('[S11] never locks out: after the delay the right password enters and clears the count', async () => {
    const throttle = throttleOf()
    for (let n = 1; n <= 5; n += 1) await throttle.attempt(OWNER, 'a', wrong)
    vi.advanceTimersByTime(15_000)
    expect(await throttle.attempt(OWNER, 'b', right)).toBe('entered')
    for (let n = 1; n <= 4; n += 1) {
      expect(await delayOf(throttle.attempt(OWNER, 'c', wrong))).toBe(0)
    }
  })

  it('[S11] lets the owner in at a known place while a stranger guesses elsewhere', async () => {
    const throttle = throttleOf()
    await throttle.attempt(OWNER, 'home', right)
    for (let n = 1; n <= 5; n += 1) await throttle.attempt(OWNER, 'stranger', wrong)
    expect(await delayOf(throttle.attempt(OWNER, 'stranger', right))).toBeGreaterThan(0)
    expect(await throttle.attempt(OWNER, 'home', right)).toBe('entered')
  })

  it('[S11] delays guesses from a known place too', async () => {
    const throttle = throttleOf()
    await throttle.attempt(OWNER, 'home', right)
    for (let n = 1; n <= 5; n += 1) await throttle.attempt(OWNER, 'home', wrong)
    expect(await delayOf(throttle.attempt(OWNER, 'home', wrong))).toBe(15_000)
  })

  it('[S11] takes twenty wrong ones from an address, over all accounts, then none for 15 minutes', async () => {
    const throttle = throttleOf()
    for (let n = 1; n <= 20; n += 1) await throttle.attempt(`account ${n}`, 'a', wrong)
    expect(await delayOf(throttle.attempt('another', 'a', right))).toBe(15 * MINUTE_MS)
    expect(await delayOf(throttle.attempt('another', 'b', right))).toBe(0)
    vi.advanceTimersByTime(15 * MINUTE_MS)
    expect(await throttle.attempt('another', 'a', right)).toBe('entered')
  })

  it('does not count for the address what the delay of an account refused', async () => {
    const throttle = throttleOf(6)
    for (let n = 1; n <= 5; n += 1) await throttle.attempt(OWNER, 'a', wrong)
    for (let n = 1; n <= 9; n += 1) {
      expect(await delayOf(throttle.attempt(OWNER, 'a', right))).toBe(15_000)
    }
    vi.advanceTimersByTime(15_000)
    expect(await throttle.attempt(OWNER, 'a', right)).toBe('entered')
  })

  it('does not count right passwords', async () => {
    const throttle = throttleOf()
    for (let n = 1; n <= 50; n += 1)
      expect(await throttle.attempt(OWNER, 'a', right)).toBe('entered')
  })

  it('does not count an attempt that the server could not check', async () => {
    const throttle = throttleOf()
    const broken = () => Promise.reject(new Error('busy'))
    for (let n = 1; n <= 30; n += 1) {
      await expect(throttle.attempt(OWNER, 'a', broken)).rejects.toThrow('busy')
    }
    expect(await throttle.attempt(OWNER, 'a', right)).toBe('entered')
  })
})
