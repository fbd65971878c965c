import fc from 'fast-check'
import { expect, it } from 'vitest'
import { folded, holdsFolded } from '#shared/folding.ts'

it.each([
  ['Café', 'cafe'],
  ['Cafe\u0301', 'cafe'],
  ['ＡＢＣ１２３', 'abc123'],
  ['ｶﾞ', 'ガ'],
  ['か\u3099', 'が'],
  ['한국', '한국'],
  ['\u1112\u1161\u11AB', '한'],
  ['Straße', 'strasse'],
  ['İstanbul', 'istanbul'],
  ['Łódź', 'lodz'],
  ['Ёж', 'еж'],
  ['ΛΟΓΟΣ λόγος', 'λογοσ λογοσ'],
  ['ho\u200Bt\u00ADel', 'hotel'],
  ['❤️', '❤'],
  ['हिन्दी', 'हिन्दी'],
  ['明天', '明天'],
  ["-'", "-'"],
])('%j is compared as %j', (text, compared) => {
  expect(folded(text)).toBe(compared)
})

it('compares what is compared already as it is', () => {
  fc.assert(
    fc.property(fc.string({ unit: 'grapheme' }), (text) => {
      expect(folded(folded(text))).toBe(folded(text))
    }),
  )
})

it.each([
  ['Ann Lee', '', true],
  ['Ann Lee', ' ', true],
  ['Ann Lee', 'N l', true],
  ['Ann Lee', 'x', false],
  ['Ann Lee', '\u200B', false],
  ['Ann Lee', '\u0301', false],
  ['Ann Lee', '\u200B \uFE0F', false],
])('whether %j holds %j: %s', (text, wanted, isHeld) => {
  expect(holdsFolded(text, wanted)).toBe(isHeld)
})
