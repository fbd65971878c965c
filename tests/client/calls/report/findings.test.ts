import { describe, expect, it } from 'vitest'
import { linesOf, lostSpansOf } from '#client/calls/report/chartLines.ts'
import { findingsOf } from '#client/calls/report/findings.ts'
import { aReport, aSecond, TALK, type ReportParts } from '../../../support/calls/callReports.ts'

const seconds = (count: number, parts: Parameters<typeof aSecond>[1] = {}) =>
  Array.from({ length: count }, (_, nth) => aSecond(2 + nth, parts))
const found = (parts: ReportParts) =>
  findingsOf(aReport(parts)).map(({ key, values }) =>
    [key.replace('report.', ''), ...Object.values(values ?? {})].join(' '),
  )

describe('what was wrong with a call', () => {
  it('is nothing where all was well', () => {
    expect(found({ seconds: seconds(20) })).toEqual(['finding.well'])
  })

  it('is a path that was lost, how often and how long', () => {
    const happened = [
      ...TALK,
      { type: 'link', link: 'reconnecting', s: 10 },
      { type: 'link', link: 'connected', s: 14 },
      { type: 'link', link: 'reconnecting', s: 20 },
    ] as const
    expect(found({ happened, endS: 80, end: { outcome: 'failed' } })).toEqual([
      'finding.broken',
      'finding.lost 2 64',
    ])
  })

  it('is a path that was never found', () => {
    expect(found({ happened: TALK.slice(0, 3), end: { outcome: 'failed' } })).toEqual([
      'finding.neverConnected',
    ])
  })

  it('is whoever was to blame longest', () => {
    const happened = [
      ...TALK,
      { type: 'trouble', trouble: 'computer', s: 10 },
      { type: 'trouble', trouble: 'theirs', s: 15 },
      { type: 'trouble', trouble: null, s: 40 },
      { type: 'trouble', trouble: 'computer', s: 50 },
    ] as const
    expect(found({ happened })).toEqual(['blame.theirs'])
  })

  it('is sound that was made up, and a long way', () => {
    const parts = { concealedPercent: 7.6, roundTripMs: 420 }
    expect(found({ seconds: seconds(20, parts) })).toEqual([
      'finding.concealed 8',
      'finding.late 420',
    ])
  })
})

describe('the lines of a chart', () => {
  it('begin with the talk, and break where nothing was measured', () => {
    const report = aReport({ seconds: [aSecond(2), aSecond(3), aSecond(8)] })
    expect(
      linesOf(report, [({ score }) => score, ({ framesPerSecond }) => framesPerSecond]),
    ).toEqual({
      x: [1, 2, 6, 7],
      lines: [
        [98, 98, null, 98],
        [null, null, null, null],
      ],
    })
  })

  it('have spans without a path', () => {
    const happened = [
      ...TALK,
      { type: 'link', link: 'reconnecting', s: 11 },
      { type: 'link', link: 'connected', s: 16 },
      { type: 'link', link: 'reconnecting', s: 31 },
    ] as const
    expect(lostSpansOf(aReport({ happened, endS: 61 }))).toEqual([
      [10, 15],
      [30, 60],
    ])
  })
})
