import { createPinia, setActivePinia } from 'pinia'
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { effectScope } from 'vue'
import { AppError } from '#shared/errors.ts'
import { useControlsStore } from '#client/calls/session/controlsStore.ts'
import { useCallControls } from '#client/calls/media/useCallControls.ts'
import { createValueStorage } from '#client/platform/storage/createValueStorage.ts'
import { createFakeMedia } from '../../../support/media/fakeMedia.ts'

const NOTHING = { microphone: null, camera: null }
const REFUSED = new AppError('media/permission-denied')
const pass = (ms: number) => vi.advanceTimersByTimeAsync(ms)

beforeEach(() => {
  setActivePinia(createPinia())
  window.localStorage.clear()
  vi.useFakeTimers()
})
afterEach(() => {
  vi.useRealTimers()
})

function open(kind: 'audio' | 'video', { isQuestion = true } = {}) {
  const media = createFakeMedia()
  media.isQuestion = isQuestion
  const own = effectScope().run(() =>
    useCallControls(media, createValueStorage(window), { say: () => undefined }),
  )
  if (own === undefined) throw new Error('no scope')
  own.open(kind, { muted: false })
  const answer = (allow: boolean): void => {
    for (const request of [...media.asked]) {
      if (allow) request.grant()
      else request.refuse(REFUSED)
    }
  }
  return { media, own, answer, controls: useControlsStore() }
}

describe('[CA18] a device that is switched on and not there yet', () => {
  it('waits for the permission while the browser asks, until it is allowed', async () => {
    const { own, answer } = open('video')
    expect(own.waits.value).toEqual(NOTHING)
    await pass(1_000)
    expect(own.waits.value).toEqual({ microphone: 'permission', camera: 'permission' })
    answer(true)
    await pass(0)
    expect(own.waits.value).toEqual(NOTHING)
  })

  it('waits for itself where nobody is asked and it is slow to open', async () => {
    const { own } = open('audio', { isQuestion: false })
    await pass(1_000)
    expect(own.waits.value).toEqual({ microphone: 'device', camera: null })
  })

  it('waits for nothing where it opens quickly', async () => {
    const { own, answer } = open('video', { isQuestion: false })
    await pass(300)
    answer(true)
    await pass(5_000)
    expect(own.waits.value).toEqual(NOTHING)
  })

  it('waits for nothing once it is refused', async () => {
    const { own, answer, controls } = open('audio')
    await pass(1_000)
    answer(false)
    await pass(5_000)
    expect([own.waits.value, controls.microphone]).toEqual([NOTHING, 'unavailable'])
  })

  it('does not wait while it is muted, and is opened no second time when it is unmuted', async () => {
    const { media, own, answer, controls } = open('audio')
    await pass(1_000)
    own.toggleMicrophone()
    expect([own.waits.value.microphone, controls.microphone]).toEqual([null, 'off'])
    own.toggleMicrophone()
    expect(own.waits.value.microphone).toBe('permission')
    expect(media.asked).toHaveLength(1)
    own.toggleMicrophone()
    answer(true)
    await pass(0)
    expect(media.tracks.map(({ enabled, readyState }) => [enabled, readyState])).toEqual([
      [false, 'live'],
    ])
    expect(controls.microphone).toBe('off')
  })

  it('can be switched off and on again while the browser asks', async () => {
    const { own, controls } = open('video')
    own.toggleCamera()
    own.toggleCamera()
    expect(own.cameraBusy.value).toBe(true)
    await pass(1_000)
    expect([own.cameraBusy.value, controls.camera]).toEqual([false, 'on'])
    own.toggleCamera()
    expect([own.waits.value.camera, controls.camera]).toEqual([null, 'off'])
  })

  it('waits for nothing when the call is over', async () => {
    const { own } = open('video')
    await pass(1_000)
    own.release()
    await pass(5_000)
    expect(own.waits.value).toEqual(NOTHING)
  })
})
