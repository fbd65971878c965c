import { expect, it } from 'vitest'
import { addressKey } from '#server/platform/limits/addressKey.ts'

it.each([
  ['192.0.2.7', '192.0.2.7'],
  ['::ffff:192.0.2.7', '192.0.2.7'],
  ['2001:db8:1:2:3:4:5:6', '2001:db8:1:2'],
  ['2001:DB8:1:2::9', '2001:db8:1:2'],
  ['2001:db8::9', '2001:db8:0:0'],
  ['::1', '0:0:0:0'],
])('[S11] counts %s as %s', (ip, key) => {
  expect(addressKey(ip)).toBe(key)
})
