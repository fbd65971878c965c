import { describe, expect, it } from 'vitest'
import { inSteps } from '../../../scripts/testing/slowness.mjs'

describe('how slow a machine is', () => {
  it.each([
    [0.4, 1],
    [1, 1],
    [1.01, 1.25],
    [1.3733, 1.5],
    [20, 8],
  ])('a ratio of %d counts as %d', (ratio, slowness) => {
    expect(inSteps(ratio)).toBe(slowness)
  })

  it('leaves every limit a whole number of ms', () => {
    const ratios = Array.from({ length: 1_000 }, (_, n) => n / 93)
    expect(ratios.every((ratio) => Number.isInteger(10_000 * inSteps(ratio)))).toBe(true)
  })
})
