import { expect, it } from 'vitest'
import { shortened, withoutBlankLines } from '#shared/text.ts'

it.each([
  ['short', 10, 'short'],
  ['exactly ten', 11, 'exactly ten'],
  ['one more than ten', 10, 'one more t…'],
  ['😀😀😀', 5, '😀😀…'],
  ['ok 👩‍👩‍👧', 8, 'ok …'],
  ['nine e\u0301', 6, 'nine …'],
  ['🇨🇳🇯🇵', 6, '🇨🇳…'],
])('shortens %j to %i code units and cuts no character', (text, max, expected) => {
  expect(shortened(text, max)).toBe(expected)
})

it.each([
  ['    if (a) {\n  b()\n}\n', '    if (a) {\n  b()\n}'],
  ['\n \t\n  code\n\n', '  code'],
  ['text', 'text'],
  [' \n ', ''],
])('takes the blank lines around %j, and no indent', (text, expected) => {
  expect(withoutBlankLines(text)).toBe(expected)
})
