import { createPinia, setActivePinia } from 'pinia'
import { beforeEach, describe, expect, it } from 'vitest'
import { effectScope, nextTick } from 'vue'
import { AppError } from '#shared/errors.ts'
import type { CallLine } from '#client/calls/words/callWords.ts'
import { useControlsStore } from '#client/calls/session/controlsStore.ts'
import { useCallControls } from '#client/calls/media/useCallControls.ts'
import { createValueStorage } from '#client/platform/storage/createValueStorage.ts'
import { createFakeMedia } from '../../../support/media/fakeMedia.ts'

beforeEach(() => {
  setActivePinia(createPinia())
  window.localStorage.clear()
})

const told = async () => {
  for (let turn = 0; turn < 5; turn += 1) await nextTick()
}

function open({ isGenerous = true } = {}) {
  const media = createFakeMedia({ isGenerous })
  const scope = effectScope()
  const lines: string[] = []
  const say = ({ word, values }: CallLine): void => {
    lines.push([word, values?.['name']].join(' '))
  }
  const own = scope.run(() => useCallControls(media, createValueStorage(window), { say }))
  if (own === undefined) throw new Error('no scope')
  return { media, own, controls: useControlsStore(), scope, lines }
}

describe('the microphone', () => {
  it('is muted and unmuted without being closed', async () => {
    const { media, own, controls } = open()
    own.open('audio', { muted: false })
    await told()
    own.toggleMicrophone()
    expect([controls.microphone, media.tracks[0]?.enabled]).toEqual(['off', false])
    own.toggleMicrophone()
    expect([controls.microphone, media.tracks[0]?.enabled]).toEqual(['on', true])
    expect(media.tracks).toHaveLength(1)
    expect(media.live).toHaveLength(1)
  })

  it('answered muted is off, and open', async () => {
    const { media, own, controls } = open()
    own.open('audio', { muted: true })
    await told()
    expect(controls.microphone).toBe('off')
    expect(media.live.map(({ enabled }) => enabled)).toEqual([false])
  })

  it('refused is unavailable with its reason, and a press tries again', async () => {
    const { media, own, controls } = open({ isGenerous: false })
    own.open('audio', { muted: false })
    media.asked[0]?.refuse(new AppError('media/permission-denied'))
    await told()
    expect(controls.microphone).toBe('unavailable')
    expect(controls.notices).toEqual([{ device: 'microphone', code: 'media/permission-denied' }])
    own.toggleMicrophone()
    media.asked[0]?.grant()
    await told()
    expect(controls.microphone).toBe('on')
    expect(controls.notices).toEqual([])
  })

  it('pulled out is unavailable, and says so', async () => {
    const { media, own, controls } = open({ isGenerous: false })
    own.open('audio', { muted: false })
    media.asked[0]?.grant()
    await told()
    media.tracks[0]?.lose()
    media.asked[0]?.refuse(new AppError('media/not-found'))
    await told()
    expect(controls.microphone).toBe('unavailable')
    expect(controls.notices).toEqual([{ device: 'microphone', code: 'media/not-found' }])
  })
})

describe('the camera', () => {
  it('goes off and on again, busy while it opens', async () => {
    const { media, own, controls } = open()
    own.open('video', { muted: false })
    await told()
    expect(own.local.camera.value).toBe(media.tracks[1])
    own.toggleCamera()
    expect(controls.camera).toBe('off')
    expect(own.local.camera.value).toBeNull()
    expect(media.live.map(({ kind }) => kind)).toEqual(['audio'])
    media.isGenerous = false
    own.toggleCamera()
    expect([controls.camera, own.cameraBusy.value]).toEqual(['on', true])
    media.asked[0]?.grant()
    await told()
    expect(own.cameraBusy.value).toBe(false)
    expect(media.live.map(({ kind }) => kind)).toEqual(['audio', 'video'])
  })

  it('switched off while it opens does not come on', async () => {
    const { media, own, controls } = open({ isGenerous: false })
    own.toggleCamera()
    own.toggleCamera()
    const late = media.asked[0]?.grant()
    await told()
    expect(late?.readyState).toBe('ended')
    expect([controls.camera, own.cameraBusy.value]).toEqual(['off', false])
  })

  it('that can’t be turned around stays on, as it looks, and says why', async () => {
    const { media, own, controls } = open()
    own.open('video', { muted: false })
    await told()
    media.isGenerous = false
    own.flipCamera()
    media.asked[0]?.refuse(new AppError('media/in-use'))
    await told()
    expect(controls.camera).toBe('on')
    expect(own.cameraBusy.value).toBe(false)
    expect(controls.notices).toEqual([{ device: 'camera', code: 'media/in-use' }])
  })

  it('in use elsewhere: the call goes on with sound, and says so', async () => {
    const { media, own, controls } = open({ isGenerous: false })
    own.open('video', { muted: false })
    media.asked.find(({ device }) => device === 'camera')?.refuse(new AppError('media/in-use'))
    media.asked[0]?.grant()
    await told()
    expect([controls.microphone, controls.camera]).toEqual(['on', 'unavailable'])
    expect(controls.notices).toEqual([{ device: 'camera', code: 'media/in-use' }])
  })
})

describe('devices', () => {
  const CAMERAS = ['front', 'back'].map((id) => ({ id, label: id, kind: 'camera' as const }))

  it('are listed by kind, again with each track and each change', async () => {
    const { media, own } = open()
    own.open('audio', { muted: false })
    media.devices = [{ id: 'm', label: 'M', kind: 'microphone' }]
    await told()
    expect(own.devices.value.microphone).toMatchObject([{ id: 'm', label: 'M' }])
    expect(own.canFlip.value).toBe(false)
    media.plug(CAMERAS)
    await told()
    expect(own.devices.value.camera).toHaveLength(2)
    expect(own.canFlip.value).toBe(true)
  })

  it('chosen in a call are used at once, and remembered for the next page', async () => {
    const { media, own } = open()
    own.open('video', { muted: false })
    await told()
    own.chooseDevice('camera', 'back')
    await told()
    expect(media.live.map(({ kind }) => kind)).toEqual(['audio', 'video'])
    setActivePinia(createPinia())
    const next = open({ isGenerous: false })
    next.own.open('video', { muted: false })
    expect(next.media.asked.find(({ device }) => device === 'camera')?.constraints).toMatchObject({
      deviceId: 'back',
    })
  })

  it('chosen while they are off open nothing', () => {
    const { media, own } = open()
    own.chooseDevice('camera', 'back')
    own.chooseDevice('microphone', 'm')
    expect(media.tracks).toEqual([])
  })

  it('that can’t be listed leave the list as it was', async () => {
    const { media, own } = open()
    media.plug(CAMERAS)
    await told()
    media.listDevices = () => Promise.reject(new Error('not now'))
    media.plug([])
    await told()
    expect(own.devices.value.camera).toHaveLength(2)
  })
})

it('after release nothing is open', async () => {
  const { media, own } = open()
  own.open('video', { muted: false })
  await told()
  own.release()
  expect(media.live).toEqual([])
})
