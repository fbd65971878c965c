import { describe, expect, it } from 'vitest'
import { talkTime } from '#client/calls/words/talkTime.ts'

describe('the talking time', () => {
  it.each([
    [0, '00:00'],
    [999, '00:00'],
    [83_000, '01:23'],
    [3_599_999, '59:59'],
    [3_600_000, '1:00:00'],
    [36_125_000, '10:02:05'],
    [-5, '00:00'],
  ])('%i ms reads %s', (ms, text) => {
    expect(talkTime(ms)).toBe(text)
  })
})
