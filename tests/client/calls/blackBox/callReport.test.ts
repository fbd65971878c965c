import { describe, expect, it } from 'vitest'
import {
  isWorthKeeping,
  joined,
  wentBadly,
  withEntry,
  withSecond,
} from '#client/calls/blackBox/callReport.ts'
import type { Second } from '#client/calls/blackBox/second.ts'
import { aReport, aSecond, TALK, type Happened } from '../../../support/calls/callReports.ts'
import { NOON } from '../../../support/calls/desk.ts'

const seconds = (count: number, parts: Partial<Second> = {}, from = 2): Second[] =>
  Array.from({ length: count }, (_, nth) => aSecond(from + nth, parts))

describe('the black box', () => {
  it('holds the last ten minutes, and the sums of all', () => {
    const report = aReport({ seconds: seconds(700, { score: 20 }), endS: null })
    expect(report.seconds).toHaveLength(600)
    expect(report.seconds[0]?.at).toBe(NOON + 102_000)
    expect(report.totals).toMatchObject({ seconds: 700, poorSeconds: 700 })
  })

  it('does not grow without end, however much happens in a moment', () => {
    let report = aReport({ endS: null })
    for (let nth = 0; nth < 3_000; nth += 1) {
      report = withEntry(report, { type: 'link', link: 'connected', at: NOON + nth })
      report = withSecond(report, aSecond(3 + nth / 1_000))
    }
    expect([report.entries.length, report.seconds.length]).toEqual([1_000, 600])
    expect(JSON.stringify(report).length).toBeLessThan(400_000)
  })

  it('counts the same event over and over as one', () => {
    const candidate = {
      type: 'event',
      event: 'peer/signaled',
      word: 'candidate',
      times: 1,
    } as const
    const report = aReport({
      happened: [
        { ...candidate, s: 1 },
        { ...candidate, s: 2 },
        { ...candidate, word: 'offer', s: 3 },
      ],
      endS: null,
    })
    expect(report.entries.map((entry) => 'times' in entry && entry.times)).toEqual([2, 1])
  })

  it('counts a lost path from when nothing came any more', () => {
    const report = aReport({
      happened: [
        ...TALK,
        { type: 'link', link: 'reconnecting', s: 8 },
        { type: 'link', link: 'connected', s: 11 },
      ],
      seconds: [...seconds(3), ...seconds(3, { receivedKbps: 0 }, 5)],
    })
    expect(report.totals).toMatchObject({ losses: 1, lostMs: 7_000, lostSince: null })
  })

  it('counts one that was never found again until the end', () => {
    const report = aReport({
      happened: [...TALK, { type: 'link', link: 'reconnecting', s: 10 }],
      endS: 70,
    })
    expect(report.totals).toMatchObject({ losses: 1, lostMs: 60_000, lostSince: null })
  })

  it('is put together with that of the page before a reload', () => {
    const before = aReport({ seconds: seconds(5), endS: null })
    const after = {
      ...aReport({
        happened: [{ type: 'reloaded', side: 'mine', s: 9 }],
        seconds: seconds(2, {}, 9),
      }),
      beganAt: NOON + 8_000,
    }
    const both = joined(before, after)
    expect(both).toMatchObject({ beganAt: NOON, talkedAt: NOON + 1_000, end: after.end })
    expect(both.totals.seconds).toBe(7)
    expect(both.entries.map(({ type }) => type)).toEqual([
      ...TALK.map(({ type }) => type),
      'reloaded',
      'status',
    ])
  })
})

describe('a call went badly', () => {
  const lost: Happened[] = [
    ...TALK,
    { type: 'link', link: 'reconnecting', s: 10 },
    { type: 'link', link: 'connected', s: 12 },
  ]
  it.each([
    ['when all was well', {}, false],
    ['when its path was lost', { happened: lost }, true],
    ['when it failed', { end: { outcome: 'failed' } }, true],
    ['when it was poor for a minute', { seconds: [...seconds(60, { score: 30 })] }, true],
    ['when it was poor for the peer', { seconds: [...seconds(60, { theirScore: 30 })] }, true],
    [
      'when it was poor for a few seconds of many',
      { seconds: [...seconds(12, { score: 30 }), ...seconds(300, {}, 14)] },
      false,
    ],
    ['when a fifth of it was poor', { seconds: seconds(12, { score: 30 }) }, true],
    ['when much of the sound was made up', { seconds: seconds(20, { concealedPercent: 5 }) }, true],
    [
      'when only its first seconds were so',
      { seconds: seconds(3, { concealedPercent: 9 }) },
      false,
    ],
    ['when nobody answered', { happened: TALK.slice(0, 1), end: { outcome: 'failed' } }, false],
  ] as const)('%s: %j → %s', (_, parts, isBad) => {
    expect(wentBadly(aReport(parts))).toBe(isBad)
  })

  it('is kept when they talked, and not when another device did', () => {
    expect(isWorthKeeping(aReport())).toBe(true)
    expect(isWorthKeeping(aReport({ happened: TALK.slice(0, 1) }))).toBe(false)
    expect(isWorthKeeping(aReport({ end: { outcome: 'taken' } }))).toBe(false)
  })
})
