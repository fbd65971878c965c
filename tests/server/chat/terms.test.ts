import fc from 'fast-check'
import { expect, it } from 'vitest'
import { conditionsOf, holds, termsOf, wordsOf } from '#server/chat/search/terms.ts'
import { isMet } from '../../support/server/isMet.ts'

it.each([
  ['明天见', ['明天', '天见', '见']],
  ['OK', ['ok', 'k']],
  ['ＯＫ ok', ['ok', 'k']],
  ['👍!', ['👍!', '!']],
  ['', []],
])('a text %j is found under %j', (text, terms) => {
  expect(termsOf(text)).toEqual(terms)
})

it('compares words whatever their case, width and order', () => {
  expect(holds('Meet at the East Gate', wordsOf('gate EAST'))).toBe(true)
  expect(holds('东门见', wordsOf('门见'))).toBe(true)
  expect(holds('东门见', wordsOf('东见'))).toBe(false)
  expect(holds('first  line\nsecond', wordsOf('line second'))).toBe(true)
})

it('the index has every text that holds what is looked for', () => {
  const text = fc.string({ unit: fc.constantFrom('明', '天', 'a', 'B', ' ', '👍'), maxLength: 12 })
  fc.assert(
    fc.property(text, fc.nat(12), fc.nat(12), (whole, a, b) => {
      const words = wordsOf(Array.from(whole).slice(Math.min(a, b), Math.max(a, b)).join(''))
      const terms = termsOf(whole)
      const isFound = conditionsOf(words).every((condition) => isMet(condition, terms))
      expect(holds(whole, words) && isFound).toBe(true)
    }),
    { numRuns: 2_000 },
  )
})
