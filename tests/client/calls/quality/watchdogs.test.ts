import { describe, expect, it } from 'vitest'
import type { Sample } from '#client/calls/quality/sample.ts'
import { look, startWatch, type Expected } from '#client/calls/quality/watchdogs.ts'

const received = (packets: number, frames = 0) => ({
  packets,
  frames,
  lost: 0,
  jitter: 0,
  samples: packets * 960,
  concealed: 0,
  freezes: 0,
})
const sample = (at: number, packets: number, frames: number, bytes = 0): Sample => ({
  at,
  received: { audio: received(packets), camera: received(0, frames) },
  sentLost: null,
  roundTripMs: null,
  availableKbps: null,
  limitation: 'none',
  bytes: { received: bytes, sent: 0 },
  isRelayed: null,
})

/** The alarms after each second, with so many packets and frames in all. */
function alarmsAt(
  seconds: readonly (readonly [packets: number, frames: number])[],
  { sound = true, picture = true, late = [] as readonly number[] } = {},
): string[] {
  const expected: Expected = { sound, picture }
  let watch = startWatch(0)
  return seconds.map(([packets, frames], nth) => {
    const seen = look(watch, sample((nth + 1) * 1_000, packets, frames), {
      expected,
      lateMs: late[nth] ?? 0,
      sleptMs: 0,
    })
    watch = seen.watch
    return seen.alarms.join('+')
  })
}

const flat = (count: number) => Array.from({ length: count }, () => [10, 10] as const)

describe('the watchdogs', () => {
  it('report after 4 s without sound and picture, and not before', () => {
    expect(alarmsAt(flat(6))).toEqual(['', '', '', '', 'silent+frozen', 'silent+frozen'])
  })

  it('are quiet while anything comes, however little', () => {
    const slow = Array.from({ length: 12 }, (_, nth) => [Math.floor(nth / 3), nth] as const)
    expect(alarmsAt(slow).join('')).toBe('')
  })

  it('stop reporting when it comes again', () => {
    expect(alarmsAt([...flat(6), [11, 11]]).at(-1)).toBe('')
  })

  it('expect nothing of who is muted, or whose picture nobody shows', () => {
    expect(alarmsAt(flat(9), { sound: false, picture: false }).join('')).toBe('')
  })

  it('a main thread that stood still is told, and nothing is taken for dead meanwhile', () => {
    expect(alarmsAt(flat(7), { late: [0, 0, 3_000] })).toEqual([
      '',
      '',
      'jammed',
      'jammed',
      'jammed',
      'jammed',
      'silent+frozen',
    ])
  })

  it('a machine that slept was not jammed', () => {
    expect(alarmsAt(flat(4), { late: [0, 0, 600_000] }).join('')).toBe('')
  })

  it.each([
    ['a busy machine, on which sound and picture went on', { bytes: 9_000, alarms: 'jammed' }],
    ['a machine that slept for 8 s, in which nothing came', { bytes: 2_100, alarms: '' }],
  ])('tell a late look apart: %s', (_why, { bytes, alarms }) => {
    const expected = { sound: true, picture: true }
    const onTime = { expected, lateMs: 0, sleptMs: 0 }
    const first = look(startWatch(0), sample(1_000, 10, 10, 1_000), onTime)
    const second = look(first.watch, sample(2_000, 20, 20, 2_000), onTime)
    const late = sample(11_000, 21, 21, bytes)
    expect(look(second.watch, late, { ...onTime, lateMs: 8_000 }).alarms.join()).toBe(alarms)
  })

  it('take nothing for dead after a sleep that the clock of the page did not count', () => {
    const expected = { sound: true, picture: true }
    const { watch } = look(startWatch(0), sample(1_000, 10, 10), {
      expected,
      lateMs: 0,
      sleptMs: 0,
    })
    const asleep = { expected, lateMs: 0, sleptMs: 8_000 }
    expect(look(watch, sample(10_000, 10, 10), asleep).alarms).toEqual([])
  })

  it('a new connection counts from the start', () => {
    expect(alarmsAt([...flat(4), [1, 0], [2, 1], [2, 1]]).join('')).toBe('')
  })
})
