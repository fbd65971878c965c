import { expect, it } from 'vitest'
import { pinyinOf } from '#server/contacts/pinyin.ts'

it.each([
  ['安然', 'an ran'],
  ['单田芳', 'shan tian fang'],
  ['吕布', 'lv bu'],
  ['Bob 张三', 'bob zhang san'],
  ["O'Neil", "o'neil"],
  ['😀猫', '😀 mao'],
  ['007', '007'],
])('reads %s as "%s"', (name, pinyin) => {
  expect(pinyinOf(name)).toBe(pinyin)
})
