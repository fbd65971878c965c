import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { createSound } from '#client/platform/sound/createSound.ts'
import type { Tune } from '#client/platform/sound/Sound.ts'
import { createFakeSoundView } from '../../../support/media/fakeSoundView.ts'

const TUNE: Tune = {
  lengthMs: 1_000,
  notes: [
    { frequencies: [400, 800], atMs: 0, lengthMs: 100, gain: 0.1 },
    { frequencies: [500], atMs: 200, lengthMs: 100, gain: 0.1 },
  ],
}

beforeEach(() => {
  vi.useFakeTimers()
})
afterEach(() => {
  vi.useRealTimers()
})

const told = () => vi.advanceTimersByTimeAsync(0)

describe('a tune', () => {
  it('sounds with all its notes, each in its place', async () => {
    const fake = createFakeSoundView()
    createSound(fake.view).play(TUNE)
    await told()
    expect(fake.tones.map(({ frequency, from }) => [frequency, from])).toEqual([
      [400, 0],
      [800, 0],
      [500, 0.2],
    ])
    expect(fake.tones.every(({ from, to }) => Math.abs(to - from - 0.1) < 1e-9)).toBe(true)
  })

  it('in a loop sounds again and again until it is stopped, then at once no more', async () => {
    const fake = createFakeSoundView()
    const sound = createSound(fake.view)
    await sound.unlock()
    const stop = sound.loop(TUNE)
    await vi.advanceTimersByTimeAsync(2_100)
    expect(fake.tones.filter(({ isAudible }) => isAudible)).toHaveLength(9)
    stop()
    await vi.advanceTimersByTimeAsync(5_000)
    expect(fake.tones).toHaveLength(9)
    expect(fake.tones.filter(({ isAudible }) => isAudible)).toEqual([])
    expect(vi.getTimerCount()).toBe(0)
  })

  it('shares one audio context with everything else', async () => {
    const fake = createFakeSoundView()
    const sound = createSound(fake.view)
    expect(fake.contexts).toBe(0)
    sound.loop(TUNE)()
    sound.play(TUNE)
    sound.context()
    await told()
    expect(fake.contexts).toBe(1)
  })
})

describe('a browser that wants a gesture first', () => {
  it('is a state that is told, not an exception', async () => {
    const fake = createFakeSoundView({ isAllowed: false })
    const sound = createSound(fake.view)
    const heard: boolean[] = []
    sound.onBlockedChanged((isBlocked) => heard.push(isBlocked))
    const stop = sound.loop(TUNE)
    await told()
    expect(sound.isBlocked).toBe(true)
    expect(fake.tones).toEqual([])
    fake.allow(true)
    expect(sound.isBlocked).toBe(false)
    expect(heard.at(-1)).toBe(false)
    stop()
  })

  it('is told although no event says that a context does not begin', async () => {
    const fake = createFakeSoundView({ isAllowed: false })
    const sound = createSound(fake.view)
    const heard: boolean[] = []
    sound.onBlockedChanged((isBlocked) => heard.push(isBlocked))
    const stop = sound.loop(TUNE)
    await vi.advanceTimersByTimeAsync(1_000)
    expect(heard.at(-1)).toBe(true)
    stop()
  })

  it('rings as soon as it may', async () => {
    const fake = createFakeSoundView({ isAllowed: false })
    const stop = createSound(fake.view).loop(TUNE)
    await told()
    fake.allow(true)
    expect(fake.tones).toHaveLength(3)
    stop()
  })

  it('does not ring for a call that was over before the gesture', async () => {
    const fake = createFakeSoundView({ isAllowed: false })
    createSound(fake.view).loop(TUNE)()
    await told()
    fake.allow(true)
    await vi.advanceTimersByTimeAsync(5_000)
    expect(fake.tones.filter(({ isAudible }) => isAudible)).toEqual([])
  })

  it('does not make up for a single tune long after', async () => {
    const fake = createFakeSoundView({ isAllowed: false })
    createSound(fake.view).play(TUNE)
    await told()
    fake.now = 60_000
    fake.allow(true)
    await told()
    expect(fake.tones).toEqual([])
  })

  it.each(['pointerdown', 'keydown'])('is opened by the first %s', async (type) => {
    const fake = createFakeSoundView({ isAllowed: true })
    const sound = createSound(fake.view)
    fake.gesture(type)
    await told()
    expect(fake.contexts).toBe(1)
    expect(sound.isBlocked).toBe(false)
  })

  it('tells nobody who stopped listening', () => {
    const fake = createFakeSoundView({ isAllowed: false })
    const sound = createSound(fake.view)
    let changes = 0
    sound.onBlockedChanged(() => {
      changes += 1
    })()
    sound.context()
    fake.allow(true)
    expect(changes).toBe(0)
  })
})
