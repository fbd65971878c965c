import { expect, it } from 'vitest'
import { piecesOf } from '#server/platform/turns.ts'

const itself = (weight: number): number => weight

it.each([
  [[], []],
  [
    [1, 1, 1, 1, 1],
    [
      [1, 1, 1],
      [1, 1],
    ],
  ],
  [
    [2, 2, 1, 0, 0, 3],
    [[2], [2, 1, 0, 0], [3]],
  ],
  [
    [9, 1, 9],
    [[9], [1], [9]],
  ],
])('%j comes in pieces of at most 3, or of one item', (weights, pieces) => {
  expect(piecesOf(weights, itself, 3)).toEqual(pieces)
})
