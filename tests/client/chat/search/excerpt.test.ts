import { expect, it } from 'vitest'
import { excerptOf } from '#client/chat/search/excerpt.ts'

const marked = (text: string, query: string): string =>
  excerptOf(text, query)
    .map((piece) => (piece.isHit ? `[${piece.text}]` : piece.text))
    .join('')

it.each([
  ['周六东门见', '东门', '周六[东门]见'],
  ['East or WEST', 'west', 'East or [WEST]'],
  ['a+b (c)', '(c) a+b', '[a+b] [(c)]'],
  ['one\ntwo', 'two', 'one [two]'],
  ['一二三四五六七八九十一二三四五东门', '东门', '…四五六七八九十一二三四五[东门]'],
  ['Un Café noir', 'cafe', 'Un [Café] noir'],
  ['Un Cafe\u0301 noir', 'CAFÉ', 'Un [Cafe\u0301] noir'],
  ['Room ＡＢ１２', 'ab12', 'Room [ＡＢ１２]'],
  ['room ab12', 'ＡＢ１２', 'room [ab12]'],
  ['a ho\u200Btel', 'hotel', 'a [ho\u200Btel]'],
  ['Straße', 'strasse', '[Straße]'],
  ['👍👍👍👍👍👍👍👍👍👍👍👍👍👩‍👩‍👧‍👦 hit', 'hit', '…👍👍👍👍👍👍👍👍👍👍👩‍👩‍👧‍👦 [hit]'],
  ['nothing', 'else', 'nothing'],
  ['😀😀😀😀😀😀😀😀😀😀😀😀😀东门', '东门', '…😀😀😀😀😀😀😀😀😀😀😀😀[东门]'],
  ['一👩‍👩‍👧二三四五六七八九十一二东门', '东门', '…👩‍👩‍👧二三四五六七八九十一二[东门]'],
  ['a call', '', 'a call'],
])('%j, looked for with %j', (text, query, expected) => {
  expect(marked(text, query)).toBe(expected)
})
