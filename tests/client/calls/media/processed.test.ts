import { effectScope, ref, shallowRef } from 'vue'
import { describe, expect, it, onTestFinished } from 'vitest'
import { useProcessed } from '#client/calls/media/useProcessed.ts'
import { createFakeProcessor, type FakeProcessor } from '../../../support/media/fakeProcessor.ts'
import { asTrack, FakeTrack } from '../../../support/peer/FakeTrack.ts'

const told = async () => {
  for (let turn = 0; turn < 5; turn += 1) await Promise.resolve()
}

const newTrack = () => asTrack(new FakeTrack('video'))

function begin({ on = true, holdsBack = false } = {}) {
  const raw = shallowRef<MediaStreamTrack | null>(null)
  const isOn = ref(on)
  const processor = createFakeProcessor()
  const givenUp: string[] = []
  const scope = effectScope()
  onTestFinished(() => {
    scope.stop()
  })
  const treated = scope.run(() =>
    useProcessed({
      raw,
      processor,
      isOn: () => isOn.value,
      holdsBack,
      onGivenUp: (why) => {
        isOn.value = false
        givenUp.push(why)
      },
    }),
  )
  if (treated === undefined) throw new Error('no scope')
  return { raw, isOn, processor, givenUp, scope, ...treated }
}

async function finish({ treatments }: FakeProcessor) {
  const out = treatments.at(-1)?.finish()
  await told()
  return out
}

describe('a processor that is off', () => {
  it('loads nothing, and lets the track through', () => {
    const { raw, track, processor } = begin({ on: false })
    raw.value = newTrack()
    expect(track.value).toBe(raw.value)
    expect(processor.treatments).toEqual([])
  })
})

describe('a processor that is switched on', () => {
  it('lets the track through until something comes out of it', async () => {
    const { raw, isOn, track, isTreated, processor } = begin({ on: false, holdsBack: true })
    raw.value = newTrack()
    isOn.value = true
    expect([track.value, isTreated.value]).toEqual([raw.value, false])
    const out = await finish(processor)
    expect([track.value, isTreated.value]).toEqual([out, true])
  })

  it('and off again is ended, and leaves the track as it is', async () => {
    const { raw, isOn, track, processor } = begin()
    raw.value = newTrack()
    const out = await finish(processor)
    isOn.value = false
    expect(track.value).toBe(raw.value)
    expect([out?.readyState, raw.value.readyState]).toEqual(['ended', 'live'])
  })

  it('and off while it loads does not come on', async () => {
    const { raw, isOn, track, processor } = begin()
    raw.value = newTrack()
    isOn.value = false
    const late = await finish(processor)
    expect(track.value).toBe(raw.value)
    expect(late?.readyState).toBe('ended')
  })
})

describe('a new track', () => {
  it('of a voice goes out at once, and treated when it is', async () => {
    const { raw, track, processor } = begin()
    raw.value = newTrack()
    expect(track.value).toBe(raw.value)
    expect(await finish(processor)).toBe(track.value)
  })

  it('of a room that shall not be seen waits until it is treated', async () => {
    const { raw, track, processor } = begin({ holdsBack: true })
    raw.value = newTrack()
    expect(track.value).toBeNull()
    expect(await finish(processor)).toBe(track.value)
  })

  it('takes the place of the one before when it is ready, without a hole', async () => {
    const { raw, track, processor } = begin({ holdsBack: true })
    raw.value = newTrack()
    const first = await finish(processor)
    raw.value = newTrack()
    expect(track.value).toBe(first)
    const second = await finish(processor)
    expect(track.value).toBe(second)
    expect(first?.readyState).toBe('ended')
  })

  it('that is gone before it was treated leaves nothing behind', async () => {
    const { raw, track, processor } = begin({ holdsBack: true })
    raw.value = newTrack()
    raw.value = null
    const late = await finish(processor)
    expect(track.value).toBeNull()
    expect(late?.readyState).toBe('ended')
  })
})

describe('a processor gives itself up', () => {
  it('when it can’t be had, and the track goes out as it is', async () => {
    const { raw, track, processor, givenUp } = begin({ holdsBack: true })
    raw.value = newTrack()
    processor.treatments[0]?.fail()
    await told()
    expect(givenUp).toEqual(['failed'])
    expect(track.value).toBe(raw.value)
  })

  it('when it breaks down later', async () => {
    const { raw, track, processor, givenUp } = begin()
    raw.value = newTrack()
    await finish(processor)
    processor.treatments[0]?.onBroken(new Error('context lost'))
    expect(givenUp).toEqual(['failed'])
    expect(track.value).toBe(raw.value)
  })

  it('once, when the computer is too slow, and tells nothing of what came before', async () => {
    const { raw, isOn, track, processor, givenUp } = begin()
    raw.value = newTrack()
    const out = await finish(processor)
    processor.treatments[0]?.take(3, 10)
    expect(givenUp).toEqual(['slow'])
    expect([track.value, out?.readyState]).toEqual([raw.value, 'ended'])

    isOn.value = true
    await finish(processor)
    processor.treatments[1]?.take(3, 2)
    expect(givenUp).toEqual(['slow'])
  })

  it('not while the computer keeps up', async () => {
    const { raw, processor, givenUp } = begin()
    raw.value = newTrack()
    await finish(processor)
    processor.treatments[0]?.take(0.8, 20)
    expect(givenUp).toEqual([])
  })
})

it('ends with its scope', async () => {
  const { raw, processor, scope } = begin()
  raw.value = newTrack()
  const out = await finish(processor)
  scope.stop()
  expect(out?.readyState).toBe('ended')
})
