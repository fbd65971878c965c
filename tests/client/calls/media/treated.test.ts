import { effectScope, ref, shallowRef } from 'vue'
import { describe, expect, it, onTestFinished } from 'vitest'
import { useTreated } from '#client/calls/media/useTreated.ts'
import { createFakeEffect, type FakeEffect } from '../../../support/media/fakeEffect.ts'
import { asTrack, FakeTrack } from '../../../support/peer/FakeTrack.ts'

const told = async () => {
  for (let turn = 0; turn < 5; turn += 1) await Promise.resolve()
}

const newTrack = () => asTrack(new FakeTrack('video'))

function begin({ on = true, holdsBack = false } = {}) {
  const raw = shallowRef<MediaStreamTrack | null>(null)
  const isOn = ref(on)
  const effect = createFakeEffect()
  const givenUp: string[] = []
  const scope = effectScope()
  onTestFinished(() => {
    scope.stop()
  })
  const treated = scope.run(() =>
    useTreated({
      raw,
      effect,
      isOn: () => isOn.value,
      holdsBack,
      onGivenUp: (why) => {
        isOn.value = false
        givenUp.push(why)
      },
    }),
  )
  if (treated === undefined) throw new Error('no scope')
  return { raw, isOn, effect, givenUp, scope, ...treated }
}

async function finish({ treatments }: FakeEffect) {
  const out = treatments.at(-1)?.finish()
  await told()
  return out
}

describe('an effect that is off', () => {
  it('loads nothing, and lets the track through', () => {
    const { raw, track, effect } = begin({ on: false })
    raw.value = newTrack()
    expect(track.value).toBe(raw.value)
    expect(effect.treatments).toEqual([])
  })
})

describe('an effect that is switched on', () => {
  it('lets the track through until something comes out of it', async () => {
    const { raw, isOn, track, isTreated, effect } = begin({ on: false, holdsBack: true })
    raw.value = newTrack()
    isOn.value = true
    expect([track.value, isTreated.value]).toEqual([raw.value, false])
    const out = await finish(effect)
    expect([track.value, isTreated.value]).toEqual([out, true])
  })

  it('and off again is ended, and leaves the track as it is', async () => {
    const { raw, isOn, track, effect } = begin()
    raw.value = newTrack()
    const out = await finish(effect)
    isOn.value = false
    expect(track.value).toBe(raw.value)
    expect([out?.readyState, raw.value.readyState]).toEqual(['ended', 'live'])
  })

  it('and off while it loads does not come on', async () => {
    const { raw, isOn, track, effect } = begin()
    raw.value = newTrack()
    isOn.value = false
    const late = await finish(effect)
    expect(track.value).toBe(raw.value)
    expect(late?.readyState).toBe('ended')
  })
})

describe('a new track', () => {
  it('of a voice goes out at once, and treated when it is', async () => {
    const { raw, track, effect } = begin()
    raw.value = newTrack()
    expect(track.value).toBe(raw.value)
    expect(await finish(effect)).toBe(track.value)
  })

  it('of a room that shall not be seen waits until it is treated', async () => {
    const { raw, track, effect } = begin({ holdsBack: true })
    raw.value = newTrack()
    expect(track.value).toBeNull()
    expect(await finish(effect)).toBe(track.value)
  })

  it('takes the place of the one before when it is ready, without a hole', async () => {
    const { raw, track, effect } = begin({ holdsBack: true })
    raw.value = newTrack()
    const first = await finish(effect)
    raw.value = newTrack()
    expect(track.value).toBe(first)
    const second = await finish(effect)
    expect(track.value).toBe(second)
    expect(first?.readyState).toBe('ended')
  })

  it('that is gone before it was treated leaves nothing behind', async () => {
    const { raw, track, effect } = begin({ holdsBack: true })
    raw.value = newTrack()
    raw.value = null
    const late = await finish(effect)
    expect(track.value).toBeNull()
    expect(late?.readyState).toBe('ended')
  })
})

describe('an effect gives itself up', () => {
  it('when it can’t be had, and the track goes out as it is', async () => {
    const { raw, track, effect, givenUp } = begin({ holdsBack: true })
    raw.value = newTrack()
    effect.treatments[0]?.fail()
    await told()
    expect(givenUp).toEqual(['failed'])
    expect(track.value).toBe(raw.value)
  })

  it('when it breaks down later', async () => {
    const { raw, track, effect, givenUp } = begin()
    raw.value = newTrack()
    await finish(effect)
    effect.treatments[0]?.onBroken(new Error('context lost'))
    expect(givenUp).toEqual(['failed'])
    expect(track.value).toBe(raw.value)
  })

  it('once, when the computer is too slow, and tells nothing of what came before', async () => {
    const { raw, isOn, track, effect, givenUp } = begin()
    raw.value = newTrack()
    const out = await finish(effect)
    effect.treatments[0]?.take(3, 10)
    expect(givenUp).toEqual(['slow'])
    expect([track.value, out?.readyState]).toEqual([raw.value, 'ended'])

    isOn.value = true
    await finish(effect)
    effect.treatments[1]?.take(3, 2)
    expect(givenUp).toEqual(['slow'])
  })

  it('not while the computer keeps up', async () => {
    const { raw, effect, givenUp } = begin()
    raw.value = newTrack()
    await finish(effect)
    effect.treatments[0]?.take(0.8, 20)
    expect(givenUp).toEqual([])
  })
})

it('ends with its scope', async () => {
  const { raw, effect, scope } = begin()
  raw.value = newTrack()
  const out = await finish(effect)
  scope.stop()
  expect(out?.readyState).toBe('ended')
})
