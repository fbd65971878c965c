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
  ['nothing', 'else', 'nothing'],
  ['a call', '', 'a call'],
])('%j, looked for with %j', (text, query, expected) => {
  expect(marked(text, query)).toBe(expected)
})
