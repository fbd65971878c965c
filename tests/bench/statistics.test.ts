import { describe, expect, it } from 'vitest'
import { median, percentile, spreadOf } from '../../bench/report/statistics.ts'

const hundred = Array.from({ length: 100 }, (_, index) => index + 1)

describe('percentile', () => {
  it.each([
    [0, 1],
    [1, 1],
    [50, 50],
    [99, 99],
    [99.1, 100],
    [100, 100],
  ])('of a hundred, %d is the value of rank %d', (p, expected) => {
    expect(percentile(hundred, p)).toBe(expected)
  })

  it('takes typed arrays, and says NaN of nothing', () => {
    expect(percentile(Float64Array.of(1, 2, 3), 50)).toBe(2)
    expect(percentile([], 50)).toBeNaN()
  })
})

describe('median', () => {
  it('is the middle one, in whatever order', () => {
    expect(median([30, 4, 5])).toBe(5)
  })

  it('is the mean of the two in the middle', () => {
    expect(median([1, 2, 30, 4])).toBe(3)
  })

  it('of nothing is NaN', () => {
    expect(median([])).toBeNaN()
  })
})

it('spreadOf keeps the ends', () => {
  expect(spreadOf([7, 1, 3])).toEqual({ median: 3, min: 1, max: 7 })
  expect(spreadOf([]).median).toBeNaN()
})
