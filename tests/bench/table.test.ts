import { describe, expect, it } from 'vitest'
import { formatTable, showNumber, showSpread } from '../../bench/report/table.ts'

describe('showNumber', () => {
  it.each([
    [5000, '5,000'],
    [1234.5, '1,235'],
    [12.345, '12.3'],
    [0.456, '0.46'],
    [3, '3'],
    [Number.NaN, '–'],
  ])('shows %d as %s', (value, expected) => {
    expect(showNumber(value)).toBe(expected)
  })
})

describe('showSpread', () => {
  it('shows the median and both ends', () => {
    expect(showSpread({ median: 2.5, min: 1.25, max: 30.1 })).toBe('2.50 (1.25 … 30.1)')
  })

  it('shows one number when they agree', () => {
    expect(showSpread({ median: 4, min: 4, max: 4 })).toBe('4')
  })
})

it('formatTable is Markdown with numbers to the right', () => {
  expect(
    formatTable(
      ['server', 'p99 ms', 'verdict'],
      [
        ['ahoy', 1.234, 'ok'],
        ['another', 250, 'over'],
      ],
    ),
  ).toBe(
    [
      '| server  | p99 ms | verdict |',
      '| ------- | -----: | ------- |',
      '| ahoy    |   1.23 | ok      |',
      '| another |    250 | over    |',
    ].join('\n'),
  )
})
