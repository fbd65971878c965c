import * as v from 'valibot'
import { describe, expect, it } from 'vitest'
import { CallReport, withEntry, withSecond } from '#client/calls/blackBox/callReport.ts'
import { Entry, entryOf } from '#client/calls/blackBox/entry.ts'
import { Second, secondOf } from '#client/calls/blackBox/second.ts'
import type { CallEvent } from '#client/calls/machine/events.ts'
import { readSample } from '#client/calls/quality/sample.ts'
import { EVENT_TYPES, EVENTS } from '../../../support/calls/callEvents.ts'
import { aReport, aSecond } from '../../../support/calls/callReports.ts'
import { NOON } from '../../../support/calls/desk.ts'

const SECRETS = [
  'v=0\r\na=ice-pwd:hunter2',
  'candidate:1 1 udp 1 192.168.7.7 5000 typ host',
  '2001:db8::7',
  'host.local',
  'bearer token',
  '我到楼下了',
]
const SECRET = SECRETS.join(' | ')

/** The same event with a secret in the place of every text, but for its type and its call. */
function poisoned<T>(value: T): T {
  const poison = (part: unknown, key = ''): unknown => {
    if (typeof part === 'string') return ['type', 'callId'].includes(key) ? part : SECRET
    if (Array.isArray(part)) return part.map((one) => poison(one))
    if (typeof part !== 'object' || part === null) return part
    return Object.fromEntries(Object.entries(part).map(([name, one]) => [name, poison(one, name)]))
  }
  return poison(value) as T
}

/** Every name of a field and every text that is anywhere in a report. */
function wordsIn(part: unknown, found = new Set<string>()): Set<string> {
  if (typeof part === 'string') found.add(part)
  if (typeof part !== 'object' || part === null) return found
  for (const [name, one] of Object.entries(part)) {
    if (!Array.isArray(part)) found.add(name)
    wordsIn(one, found)
  }
  return found
}

const clean = (report: CallReport) => {
  const text = JSON.stringify(report)
  for (const secret of SECRETS) expect(text).not.toContain(JSON.stringify(secret).slice(1, -1))
}

describe('nothing of what is said or of where one is gets into the black box', () => {
  it.each(EVENT_TYPES)('by %s', (type) => {
    const signaled: CallEvent = { ...poisoned(EVENTS[type]) }
    clean(withEntry(aReport(), entryOf(signaled, NOON)))
    const real = withEntry(aReport(), entryOf(EVENTS[type], NOON))
    expect(real.entries.at(-1)).toMatchObject({ type: 'event', event: type, times: 1 })
    clean(real)
  })

  it('by an entry with more in it than belongs there', () => {
    const entry = { type: 'server', at: NOON, isReached: true, address: SECRET, sdp: SECRET }
    const report = withEntry(aReport(), entry as Entry)
    expect(report.entries.at(-1)).toEqual({ type: 'server', at: NOON, isReached: true })
    clean(report)
  })

  it('by an entry of a kind that nobody knows', () => {
    const strange = { type: 'note', at: NOON, text: SECRET } as unknown as Entry
    expect(withEntry(aReport(), strange)).toEqual(aReport())
  })

  it('by the statistics of the browser', () => {
    const stats = [
      { id: 'T', type: 'transport', selectedCandidatePairId: 'P' },
      { id: 'P', type: 'candidate-pair', localCandidateId: 'L', remoteCandidateId: 'R' },
      { id: 'L', type: 'local-candidate', candidateType: 'relay', address: SECRET, url: SECRET },
      { id: 'R', type: 'remote-candidate', candidateType: 'host', address: SECRET },
      { id: 'A', type: 'inbound-rtp', mid: '0', trackIdentifier: SECRET, packetsReceived: 3 },
    ]
    const theirs = { score: 9, limited: 'none', late: 0, busy: false, paused: false } as const
    const look = { before: null, now: readSample(stats, NOON), mine: theirs, theirs }
    const report = withSecond(aReport(), secondOf(look))
    expect(report.seconds).toHaveLength(1)
    expect(report.seconds[0]?.relayed).toBe(true)
    clean(report)
    clean(withSecond(aReport(), { ...aSecond(3), note: SECRET } as Second))
  })
})

it('every field and every word of a report is one of a list', () => {
  const events = EVENT_TYPES.map((type) => entryOf(EVENTS[type], NOON))
  const report = events.reduce(withEntry, aReport({ seconds: [aSecond(3)] }))
  const fields = [
    ...Object.keys(CallReport.entries),
    ...Object.keys(CallReport.entries.totals.entries),
    ...Object.keys(CallReport.entries.end.wrapped.entries),
    ...Object.keys(Second.entries),
    ...Entry.options.flatMap((option) => Object.keys(option.entries)),
  ]
  const words = [
    ...EVENT_TYPES,
    ...Entry.options.map((option) => option.entries.type.literal),
    ...'ahoy-call-report audio video caller callee waiting coming calling closing'.split(' '),
    ...'connecting connected reconnecting completed offer away sent none'.split(' '),
    'request/forbidden',
    report.callId,
  ]
  const known = new Set<string>([...fields, ...words])
  expect([...wordsIn(report)].filter((word) => !known.has(word))).toEqual([])
  expect(v.parse(CallReport, JSON.parse(JSON.stringify(report)))).toEqual(report)
})
