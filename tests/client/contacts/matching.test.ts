import { expect, it } from 'vitest'
import { isMatch } from '#client/contacts/matching.ts'
import { contact } from '../../support/client/people.ts'

const baiLu = contact(2, '白露', 'bai lu')

it.each(['白', '露', 'bai', 'bailu', 'Bai Lu', 'BL', 'lu', 'b', '9002', '13006789002', '', ' '])(
  'finds 白露 by "%s"',
  (query) => {
    expect(isMatch(baiLu, query)).toBe(true)
  },
)

const zoe = contact(3, 'Zoë-Ann', 'zoë-ann')

it.each([
  'zoe',
  'ZOË',
  'zoe\u0308',
  'ｚｏｅ',
  'zoeann',
  'Zoe-Ann',
  '-',
  '9003',
  '９００３',
  '+86 130-0678-9003',
])('finds Zoë-Ann by "%s"', (query) => {
  expect(isMatch(zoe, query)).toBe(true)
})

it.each(["'", '’', '--', '.', '( )'])('does not find Zoë-Ann by "%s"', (query) => {
  expect(isMatch(zoe, query)).toBe(false)
})

it.each([
  ['a zero-width space', '\u200B'],
  ['a word joiner', '\u2060'],
  ['an accent alone', '\u0301'],
  ['a variation selector', '\uFE0F'],
  ['several of them, and a blank', '\u200B \uFE0F'],
])('finds nobody by %s: there is nothing to compare', (_, query) => {
  expect(isMatch(baiLu, query)).toBe(false)
  expect(isMatch(contact(4, 'Ann Lee', 'ann lee'), query)).toBe(false)
})

it.each(['-', "'", '安', 'ai', 'lb', 'bailux', '9003', 'u'])(
  'does not find 白露 by "%s"',
  (query) => {
    expect(isMatch(baiLu, query)).toBe(false)
  },
)
