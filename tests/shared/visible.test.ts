import { expect, it } from 'vitest'
import { isVisible } from '#shared/visible.ts'

it.each([
  '',
  ' \n\t',
  '\u200B',
  '\u3164\u2800',
  '\u202E\u2066',
  '\u{E0041}',
  '\u00A0\u3000',
  '\uFE0F',
])('there is nothing to see in %j', (text) => {
  expect(isVisible(text)).toBe(false)
})

it.each(['a', ' .', '👍', '❤️', '\u200Bא', '一', '\u0301'])(
  'there is something to see in %j',
  (text) => {
    expect(isVisible(text)).toBe(true)
  },
)
