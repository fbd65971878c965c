import fc from 'fast-check'
import { expect, it } from 'vitest'
import {
  conditionsOf,
  CONDITIONS_MAX,
  holds,
  TERMS_MAX,
  termsOf,
  wordsOf,
} from '#server/chat/search/terms.ts'
import { isMet } from '../../support/server/isMet.ts'

it.each([
  ['明天见', ['明天', '天见', '见']],
  ['OK', ['ok', 'k']],
  ['ＯＫ ok', ['ok', 'k']],
  ['👍!', ['👍!', '!']],
  ['Café', ['ca', 'af', 'fe', 'e']],
  ['Cafe\u0301', ['ca', 'af', 'fe', 'e']],
  ['', []],
])('a text %j is found under %j', (text, terms) => {
  expect(termsOf(text)).toEqual(terms)
})

it('compares words whatever their case, width, accents and order', () => {
  expect(holds('Meet at the East Gate', wordsOf('gate EAST'))).toBe(true)
  expect(holds('东门见', wordsOf('门见'))).toBe(true)
  expect(holds('东门见', wordsOf('东见'))).toBe(false)
  expect(holds('Un Café noir', wordsOf('cafe'))).toBe(true)
  expect(holds('un cafe noir', wordsOf('CAFE\u0301'))).toBe(true)
  expect(holds('first  line\nsecond', wordsOf('line second'))).toBe(true)
})

it('no query asks for more of the index than a few terms', () => {
  const letters = Array.from({ length: 50 }, (_, at) => String.fromCodePoint(0x4e00 + at))
  for (const query of [
    'a '.repeat(50),
    letters.join(' '),
    'abcd efgh ijkl mnop qrst uvwx yzab cdef ghij klmn opqr stuv wxyz',
  ]) {
    expect(conditionsOf(wordsOf(query)).length).toBeLessThanOrEqual(CONDITIONS_MAX)
  }
})

it('each word of a query takes part in what is asked for', () => {
  const terms = conditionsOf(wordsOf('abcd efgh')).map((one) => one.kind === 'term' && one.term)
  expect(terms).toEqual(expect.arrayContaining(['ab', 'ef']))
})

it('a text is found under so many terms and no more', () => {
  const long = Array.from({ length: 5_000 }, (_, at) => String.fromCodePoint(0x4e00 + at)).join('')
  expect(termsOf(long)).toHaveLength(TERMS_MAX)
  expect(termsOf(long)[0]).toBe('\u4e00\u4e01')
})

it('the index has every text that holds what is looked for', () => {
  const text = fc.string({
    unit: fc.constantFrom('明', '天', 'a', 'B', 'é', '\u0301', ' ', '👍'),
    maxLength: 12,
  })
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
