import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { plainName, shownName } from '#shared/names.ts'
import { isVisible } from '#shared/visible.ts'

const INVISIBLE = [
  ['a zero-width space', '\u200B'],
  ['a word joiner', '\u2060'],
  ['the filler of Hangul', '\u3164'],
  ['the half-width filler of Hangul', '\uFFA0'],
  ['the blank of braille', '\u2800'],
  ['tags', '\u{E0061}\u{E007F}'],
  ['a soft hyphen', '\u00AD'],
  ['a variation selector', '\uFE0F'],
  ['a joiner', '\u200D'],
  ['a mark that turns the line', '\u202E'],
  ['an isolate without an end', '\u2067'],
  ['a byte order mark', '\uFEFF'],
  ['the place of an object', '\uFFFC'],
  ['a control', '\u0007'],
] as const

describe('plainName', () => {
  it.each(INVISIBLE)('a name of only %s is empty', (_, character) => {
    expect(plainName(character.repeat(3))).toBe('')
  })

  it.each(INVISIBLE)('with %s it is the same name as without', (_, character) => {
    expect(plainName(`安${character}然${character}`)).toBe('安然')
  })

  it.each([
    ['e\u0301', '\u00E9'],
    ['e\u200B\u0301', '\u00E9'],
    ['  安  然\u00A0', '安 然'],
    ['安\u3000然', '安 然'],
    ['a \u200B b', 'a b'],
    ['אבי', 'אבי'],
    ['名前', '名前'],
  ])('%j is kept as %j', (typed, kept) => {
    expect(plainName(typed)).toBe(kept)
  })

  it.each(['👩‍👩‍👧‍👦', '❤️', '🏴󠁧󠁢󠁥󠁮󠁧󠁿', '👍🏽', '1️⃣', '🏳️‍🌈'])('%s stays whole', (emoji) => {
    expect(plainName(`安${emoji}\u200D然`)).toBe(`安${emoji}然`)
  })

  it('changes nothing the second time, and shows something or is empty', () => {
    const unit = fc.constantFrom(
      'a',
      'é',
      '\u0301',
      ' ',
      '\u200D',
      '\u202E',
      '\uFE0F',
      '👩',
      '❤',
      '1',
    )
    fc.assert(
      fc.property(fc.string({ unit, maxLength: 12 }), (typed) => {
        const once = plainName(typed)
        expect(plainName(once)).toBe(once)
        expect(isVisible(once)).toBe(once !== '')
      }),
    )
  })
})

describe('shownName', () => {
  it('of what is kept from before shows no more than can be seen', () => {
    expect(shownName('\u202Egnp.exe')).toBe('gnp.exe')
  })

  it('stands in for a name in which nothing is to be seen', () => {
    expect(shownName('\u3164')).toBe('?')
  })
})
