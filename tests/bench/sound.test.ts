import { describe, expect, it } from 'vitest'
import type { Tick } from '../../bench/network/probe.ts'
import { hearsSince, listen } from '../../bench/network/sound.ts'

const TICK_MS = 100
const good = { samples: 4_800, concealed: 0, energy: 0.001, isRelayed: false, words: [] }

/** Ten ticks a second from 0 on; `over` changes some of them, by their end in ms. */
function ticksOf(untilMs: number, over: (at: number) => Partial<Tick> | null = () => ({})): Tick[] {
  const ticks: Tick[] = []
  for (let at = TICK_MS; at <= untilMs; at += TICK_MS) {
    const changed = over(at)
    if (changed !== null) ticks.push({ at, ...good, ...changed })
  }
  return ticks
}

const between =
  (from: number, to: number, change: Partial<Tick> | null) =>
  (at: number): Partial<Tick> | null =>
    at > from && at <= to ? change : {}

describe('listen', () => {
  it('misses nothing of sound that came', () => {
    expect(listen(ticksOf(2_000), { from: 0, to: 2_000 })).toEqual({
      missingMs: 0,
      missingPercent: 0,
      longestSilenceMs: 0,
      backAfterMs: 0,
    })
  })

  it('counts what was made up, in ms of the 48 samples that each of them has', () => {
    const ticks = ticksOf(1_000, () => ({ concealed: 480 }))
    const { missingMs, missingPercent, longestSilenceMs } = listen(ticks, { from: 0, to: 1_000 })
    expect([missingMs, missingPercent, longestSilenceMs]).toEqual([100, 10, 0])
  })

  it('finds the silence of made-up sound, and when it ends', () => {
    const ticks = ticksOf(5_000, between(1_000, 3_000, { concealed: 4_800 }))
    const heard = listen(ticks, { from: 500, to: 5_000 })
    expect(heard).toMatchObject({ missingMs: 2_000, longestSilenceMs: 2_000, backAfterMs: 2_500 })
  })

  it('counts the time in which there was no page to hear anything', () => {
    const ticks = ticksOf(5_000, between(1_000, 3_000, null))
    const heard = listen(ticks, { from: 0, to: 5_000 })
    expect(heard).toMatchObject({ missingMs: 2_000, longestSilenceMs: 2_100, backAfterMs: 3_100 })
  })

  it('takes what is too soft to be heard for silence', () => {
    const ticks = ticksOf(5_000, between(1_000, 3_000, { energy: 1e-9 }))
    expect(listen(ticks, { from: 0, to: 5_000 }).longestSilenceMs).toBe(2_000)
  })

  it('takes a browser that was too busy to tell for none', () => {
    const late = { samples: 10 * 4_800, energy: 0.01 }
    const told = new Map([[2_000, late]])
    const busy = between(1_000, 2_000, null)
    const ticks = ticksOf(5_000, (at) => told.get(at) ?? busy(at))
    expect(ticks).toHaveLength(41)
    expect(listen(ticks, { from: 0, to: 5_000 })).toMatchObject({
      missingMs: 0,
      longestSilenceMs: 0,
    })
  })

  it('tells that the sound is not back', () => {
    const ticks = ticksOf(5_000, between(1_000, 5_000, { samples: 0 }))
    const heard = listen(ticks, { from: 0, to: 5_000 })
    expect(heard).toMatchObject({ longestSilenceMs: 4_000, backAfterMs: null })
  })
})

describe('hearsSince', () => {
  it('is the moment since which the sound has held', () => {
    const ticks = ticksOf(5_000, between(0, 3_000, { samples: 0 }))
    expect(hearsSince(ticks, 0, 500)).toBe(3_000)
  })

  it('is when a sound began of which a busy browser tells late', () => {
    const ticks = [
      ...ticksOf(3_000, () => ({ samples: 0 })),
      { ...good, at: 3_400, samples: 200 * 48, energy: 0.01 },
      ...ticksOf(5_000).filter(({ at }) => at > 3_400),
    ]
    expect(hearsSince(ticks, 0, 500)).toBe(3_200)
  })

  it('does not take a tick too soon after the one before, for which nothing was counted again, for a hole', () => {
    const early = { ...good, at: 430, samples: 0, energy: 0 }
    const ticks = [...ticksOf(3_000), early].sort((one, other) => one.at - other.at)
    expect(hearsSince(ticks, 0, 500)).toBe(0)
  })

  it('does not take a short piece of sound for it', () => {
    const ticks = ticksOf(3_000, between(300, 3_000, { concealed: 4_800 }))
    expect(hearsSince(ticks, 0, 500)).toBeUndefined()
  })
})
