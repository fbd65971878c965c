import fc from 'fast-check'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { ACT_MAX } from './model/acts.ts'
import { playFair } from './model/fair.ts'
import { cross, type Crossing } from './model/glare.ts'
import type { Weather } from './model/network.ts'
import { play } from './model/schedule.ts'
import { PINNED, PINNED_FAIR } from './pinned.ts'
import { RUNS, search } from './runs.ts'

/** Only a schedule that hangs takes so long; how busy the machine is must not matter. */
const timeout = RUNS * 60

const someActs = fc.array(fc.nat(ACT_MAX), { minLength: 1, maxLength: 40, size: 'max' })
const anyWeather: fc.Arbitrary<Weather> = fc.record({
  lossPercent: fc.constantFrom(0, 2, 10, 30),
  doublePercent: fc.constantFrom(0, 10, 50, 100),
  delayMs: fc.constantFrom(1, 20, 100),
  jitterMs: fc.constantFrom(0, 50, 500, 5_000),
})

// The arbiter refuses by throwing, a million times over: the traces would be the slowest part.
const traces = Error.stackTraceLimit
beforeAll(() => {
  Error.stackTraceLimit = 0
})
afterAll(() => {
  Error.stackTraceLimit = traces
})

describe('two users with several tabs, a third one, and the arbiter', { timeout }, () => {
  it('[CA9] [CA12] [CA13] [CA14] [CA16] [CA17] [F2] [F3] [F4] [F5] keep every rule in any schedule', () => {
    const anySchedule = fc.record({
      seed: fc.integer(),
      weather: anyWeather,
      pathPercent: fc.constantFrom(100, 100, 80, 0),
      acts: someActs,
    })
    const property = fc.property(anySchedule, (schedule) => void play(schedule))
    expect(() => {
      fc.assert(property, search(RUNS))
    }).not.toThrow()
  })

  it.each(PINNED)('[CA16] keep every rule in a schedule that broke one: %s', (_what, schedule) => {
    expect(() => play(schedule)).not.toThrow()
  })

  it.each(PINNED_FAIR)('[CA12] [CA14] see what there is also when %s', (_what, seed, acts) => {
    expect(() => playFair(seed, acts)).not.toThrow()
  })

  it('[CA3] [CA5] [CA7] [CA12] [CA14] [F6] [F24] see on every screen what there is, where the network is good', () => {
    const property = fc.property(fc.integer(), someActs, (seed, acts) => void playFair(seed, acts))
    expect(() => {
      fc.assert(property, search(Math.ceil(RUNS / 10)))
    }).not.toThrow()
  })
})

describe('two who call each other', { timeout }, () => {
  const anyMoment = fc.nat(500)

  it('[CA8] [F22] talk in one call at once, whatever the timing and the delays', () => {
    const slow = fc.record({
      lossPercent: fc.constant(0),
      doublePercent: fc.constantFrom(0, 100),
      delayMs: fc.constantFrom(0, 1, 20, 150, 300),
      jitterMs: fc.constantFrom(0, 1, 50, 500),
    })
    expect(crossings(slow, anyMoment)).not.toThrow()
  })

  it('[CA8] [F22] talk in one call also when frames are lost', () => {
    const lossy = fc.record({
      lossPercent: fc.constantFrom(5, 20, 50),
      lossMax: fc.nat(4),
      doublePercent: fc.constantFrom(0, 50),
      delayMs: fc.constantFrom(1, 100),
      jitterMs: fc.constantFrom(0, 100),
    })
    expect(crossings(lossy, anyMoment)).not.toThrow()
  })

  it('[CA8] [F22] talk in one call when both click in the same millisecond', () => {
    const equal = { lossPercent: 0, doublePercent: 0, jitterMs: 0 }
    const even = fc.record({ delayMs: fc.nat(200) }).map((delay) => ({ ...equal, ...delay }))
    expect(crossings(even, fc.constant(0))).not.toThrow()
  })
})

/** A thousand of a thousand. */
function crossings(weather: fc.Arbitrary<Weather>, moment: fc.Arbitrary<number>): () => void {
  const anyCrossing: fc.Arbitrary<Crossing> = fc.record({
    seed: fc.integer(),
    aliceAtMs: moment,
    bobAtMs: moment,
    weather,
  })
  const property = fc.property(anyCrossing, (crossing) => void cross(crossing))
  return () => {
    fc.assert(property, search(Math.max(1_000, Math.ceil(RUNS / 10))))
  }
}
