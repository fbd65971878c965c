import { expect, it } from 'vitest'
import { isCommonPassword } from '#server/accounts/commonPasswords.ts'

it.each(['password', 'PassWord', '12345678', 'iloveyou', '13006789001'])(
  '[S10] refuses %s',
  (password) => {
    expect(isCommonPassword(password, '13006789001')).toBe(true)
  },
)

it.each(['correct horse battery staple', '海内存知己天涯若比邻', '13006789002'])(
  '[S10] takes %s',
  (password) => {
    expect(isCommonPassword(password, '13006789001')).toBe(false)
  },
)
