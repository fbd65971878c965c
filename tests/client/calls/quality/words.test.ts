import { describe, expect, it } from 'vitest'
import type { SideQuality } from '#shared/protocol/peerState.ts'
import { audioFirst, ROOM, type AudioFirst } from '#client/calls/quality/audioFirst.ts'
import * as fitting from '#client/calls/quality/fitting.ts'
import { lateShare } from '#client/calls/quality/lateness.ts'
import { barsOf, smooth } from '#client/calls/quality/score.ts'
import { nothingShown, steady } from '#client/calls/quality/steady.ts'
import { holdMs, scoresOf, verdict, type Cause } from '#client/calls/quality/verdict.ts'

const side = (part: Partial<SideQuality> = {}): SideQuality => ({
  score: 95,
  limited: 'none',
  late: 0,
  busy: false,
  paused: false,
  ...part,
})

describe('whose fault it is', () => {
  it.each([
    ['nobody’s while both receive well', side(), side(), null],
    ['nobody’s by one late word alone', side({ late: 0.3 }), side(), null],
    [
      'mine when I am late at the server',
      side({ score: 30, late: 0.4 }),
      side({ score: 35 }),
      'mine',
    ],
    ['theirs when they are', side({ score: 30 }), side({ score: 90, late: 0.5 }), 'theirs'],
    [
      'the path’s when both are',
      side({ score: 30, late: 0.4 }),
      side({ score: 30, late: 0.4 }),
      'path',
    ],
    ['the path’s when neither is', side({ score: 30 }), side({ score: 30 }), 'path'],
    [
      'mine when only they receive badly and I lack room',
      side({ limited: 'bandwidth' }),
      side({ score: 30 }),
      'mine',
    ],
    [
      'theirs when only I receive badly and they lack room',
      side({ score: 30 }),
      side({ limited: 'bandwidth' }),
      'theirs',
    ],
    ['my computer’s when it can’t keep up', side({ busy: true }), side({ score: 40 }), 'computer'],
    ['my computer’s also while all is heard', side({ busy: true }), side(), 'computer'],
    ['their computer’s', side({ score: 40 }), side({ busy: true }), 'theirComputer'],
  ] as const)('%s', (_title, mine, theirs, cause) => {
    expect(verdict(mine, theirs)).toBe(cause)
  })

  it('decides whose bars are short, though both hear it', () => {
    const bad = [side({ score: 30 }), side({ score: 35 })] as const
    expect(scoresOf(...bad, 'mine')).toEqual({ mine: 30, theirs: 80 })
    expect(scoresOf(...bad, 'theirs')).toEqual({ mine: 80, theirs: 30 })
    expect(scoresOf(...bad, 'path')).toEqual({ mine: 35, theirs: 30 })
  })

  it('bars fall at once and come back slowly', () => {
    expect([0, 15, 40, 60, 80].map(barsOf)).toEqual([0, 1, 2, 3, 4])
    expect(smooth(100, 0)).toBeLessThan(25)
    expect(smooth(0, 100)).toBeLessThan(35)
    expect(smooth(null, 42)).toBe(42)
  })
})

describe('a sentence', () => {
  const CAUSES: Record<string, Cause> = { a: 'mine', b: 'theirs', p: 'path' }

  /** What is shown each second, when this is said. */
  const shown = (words: string) => {
    let state = nothingShown<string>()
    return Array.from(words)
      .map((word, at) => {
        const wait = holdMs(CAUSES[word] ?? null)
        state = steady(state, { now: word === '.' ? null : word, holdMs: wait }, at * 1_000)
        return state.shown ?? '.'
      })
      .join('')
  }

  it('comes when it has held for 3 s, and goes 8 s after it held', () => {
    expect(shown('....aaaaaa...........')).toBe('.......aaaaaaaaaaa...')
  })

  it('blames the path only when it has held for 6 s, and not while a network is found', () => {
    expect(shown('pppppppp')).toBe('......pp')
    expect(shown('ppppaaaa')).toBe('.......a')
  })

  it('does not blink: neither for a moment of trouble nor for a moment without', () => {
    expect(shown('aa..aa..aa..')).toBe('............')
    expect(shown('aaaaa..aa..aaa')).toBe('...aaaaaaaaaaa')
  })

  it('gives way to another one that holds', () => {
    expect(shown('aaaabbbbb')).toBe('...aaaabb')
  })
})

describe('audio before video', () => {
  /** A `P` for each second in which the camera pauses. */
  function paused(kbps: readonly (number | null)[], isHeardWell = false): string {
    let state: AudioFirst = ROOM
    return kbps
      .map((availableKbps, second) => {
        state = audioFirst(state, { availableKbps, isHeardWell }, second * 1_000)
        return state.isPaused ? 'P' : '.'
      })
      .join('')
  }
  const times = (kbps: number | null, count: number) => Array.from({ length: count }, () => kbps)

  it('below 60 kbit/s the camera pauses, not by one estimate alone', () => {
    expect(paused([300, 50, 300, 50, 50, 50, 50])).toBe('.....PP')
  })

  it('above 70 kbit/s for 6 s it goes on, and not before', () => {
    const low = times(40, 3)
    expect(paused([...low, ...times(80, 8)])).toBe('..PPPPPPP..')
    expect(paused([...low, ...times(80, 4), 65, ...times(80, 6)])).toBe('..PPPPPPPPPPPP')
    expect(paused([...low, ...times(65, 30)])).not.toContain('P.')
  })

  it('is tried again where the voice arrives well, each time later', () => {
    const seconds = paused(times(50, 120), true)
    expect(seconds.indexOf('P.')).toBe(21)
    const again = seconds.indexOf('P', 23)
    expect(seconds.indexOf('.', again)).toBeGreaterThan(again + 38)
    expect(paused(times(50, 120), false)).not.toContain('P.')
  })

  it('knows nothing before there is an estimate', () => {
    expect(paused(times(null, 5))).toBe('.....')
  })
})

describe('what is sent', () => {
  it.each([
    ['all, to who does not say', 720, null, {}],
    ['nothing, to who does not look', 720, 0, { paused: true }],
    ['all, to a large window', 720, 700, {}],
    ['a little less, to a middle one', 720, 480, { scale: 1.5, maxBitrate: 1_000_000 }],
    ['a quarter, to a small tile', 720, 160, { scale: 4, maxBitrate: 200_000 }],
    ['all, of a camera that says no size', null, 100, {}],
  ] as const)('is %s', (_title, height, seen, limits) => {
    expect(fitting.fit(height, seen)).toEqual(limits)
  })
})

describe('lateness', () => {
  const trips = (...took: readonly (number | null)[]) =>
    took.map((tookMs, nth) => ({ sentAt: nth * 1_000, tookMs }))

  it('is the share of words that came back later than the best by far, or never', () => {
    expect(lateShare(trips(30, 40, 30, 35), 30, 4_000)).toBe(0)
    expect(lateShare(trips(30, 400, 30, null), 30, 5_000)).toBe(0.5)
  })

  it('counts no word that may still come, and none of long ago', () => {
    expect(lateShare([{ sentAt: 4_950, tookMs: null }], 30, 5_000)).toBe(0)
    expect(lateShare(trips(900), 30, 8_000)).toBe(1)
    expect(lateShare(trips(900), 30, 8_001)).toBe(0)
  })
})
