import { expect, it } from 'vitest'
import { toSafeInteger } from '#server/platform/database/postgres.ts'

it.each([
  ['0', 0],
  ['-1', -1],
  ['9007199254740991', Number.MAX_SAFE_INTEGER],
])('reads %s as a number', (text, value) => {
  expect(toSafeInteger(text)).toBe(value)
})

it.each(['9007199254740992', '-9007199254740992', '9223372036854775807', 'NaN'])(
  'does not round %s',
  (text) => {
    expect(() => toSafeInteger(text)).toThrow(RangeError)
  },
)
