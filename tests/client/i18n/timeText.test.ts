import { expect, it } from 'vitest'
import { timeText } from '#client/i18n/timeText.ts'

const now = new Date(2026, 0, 15, 12, 0).getTime()
const zh = { now, locale: 'zh-CN', yesterday: '昨天' }
const en = { now, locale: 'en', yesterday: 'Yesterday' }

it.each([
  [new Date(2026, 0, 15, 0, 5), '00:05', '00:05'],
  [new Date(2026, 0, 14, 23, 59), '昨天', '昨天 23:59'],
  [new Date(2026, 0, 12, 8, 3), '星期一', '星期一 08:03'],
  [new Date(2026, 0, 5, 8, 3), '1月5日', '1月5日 08:03'],
  [new Date(2025, 11, 31, 8, 3), '2025年12月31日', '2025年12月31日 08:03'],
  [new Date(2026, 0, 15, 12, 1), '12:01', '12:01'],
])('says %s as one says it', (at, short, full) => {
  expect(timeText(at.getTime(), 'short', zh)).toBe(short)
  expect(timeText(at.getTime(), 'full', zh)).toBe(full)
})

it('speaks English', () => {
  expect(timeText(new Date(2026, 0, 14, 9, 0).getTime(), 'full', en)).toBe('Yesterday 09:00')
  expect(timeText(new Date(2026, 0, 12, 9, 0).getTime(), 'short', en)).toBe('Monday')
})
