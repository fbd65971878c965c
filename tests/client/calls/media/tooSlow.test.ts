import { describe, expect, it } from 'vitest'
import { createLoadWatch } from '#client/calls/media/tooSlow.ts'

/** How often it is told that the computer is too slow, by one load a second. */
function timesTold(...shares: readonly number[]): number {
  let told = 0
  const hear = createLoadWatch(() => (told += 1))
  for (const [second, share] of shares.entries()) hear({ at: second * 1_000, share })
  return told
}

describe('a computer is too slow for an effect', () => {
  it.each([
    ['that takes too long all the time', [2, 2, 2, 2, 2]],
    ['that takes too long more often than not', [2, 2, 0.5, 2, 0.5]],
    ['that has become too much', [0.5, 0.5, 0.5, 0.5, 0.5, 2, 2, 2, 2]],
  ])('%s', (_title, shares) => {
    expect(timesTold(...shares)).toBe(1)
  })
})

describe('it keeps up with one', () => {
  it.each([
    ['that takes all of its time, and no more', [1, 1, 1, 1, 1]],
    ['that takes too long now and then', [2, 0.5, 2, 0.5, 0.5, 2, 0.5, 2, 0.5, 0.5]],
    ['that has begun just now', [9, 9, 9, 9]],
    ['that began slowly, long ago', [9, 9, ...Array.from({ length: 9 }, () => 0.5), 9, 9]],
  ])('%s', (_title, shares) => {
    expect(timesTold(...shares)).toBe(0)
  })

  it('after a sleep, of which one long stretch tells', () => {
    let told = 0
    const hear = createLoadWatch(() => (told += 1))
    for (const at of [0, 1_000, 2_000, 3_000]) hear({ at, share: 0.5 })
    hear({ at: 3_600_000, share: 20 })
    hear({ at: 3_601_000, share: 0.5 })
    expect(told).toBe(0)
  })
})
