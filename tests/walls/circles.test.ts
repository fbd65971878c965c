import { expect, it } from 'vitest'
import { circlesIn } from './circles.ts'

const arrowsOf = (...pairs: [string, string][]) => {
  const points = new Set(pairs.flat())
  return new Map(
    [...points].map((point) => [
      point,
      new Set(pairs.filter(([from]) => from === point).map(([, to]) => to)),
    ]),
  )
}

it('finds no circle where the arrows only lead on', () => {
  expect(circlesIn(arrowsOf(['a', 'b'], ['a', 'c'], ['b', 'd'], ['c', 'd']))).toEqual([])
})

it('finds each circle once, however long', () => {
  const arrows = arrowsOf(['a', 'b'], ['b', 'c'], ['c', 'a'], ['c', 'd'], ['e', 'f'], ['f', 'e'])
  expect(circlesIn(arrows)).toEqual([
    ['a', 'b', 'c'],
    ['e', 'f'],
  ])
})
