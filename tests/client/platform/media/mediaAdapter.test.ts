import { describe, expect, it } from 'vitest'
import { createMediaAdapter } from '#client/platform/media/createMediaAdapter.ts'
import {
  chosenDevice,
  createFakeNavigator,
  noCamera,
} from '../../../support/media/fakeNavigator.ts'

const VOICE = { deviceId: null, suppressesNoise: true }
const FRONT = { deviceId: null, facing: 'user' } as const
const kindsOf = (asked: readonly MediaStreamConstraints[]) =>
  asked.map((constraints) => Object.keys(constraints).join('+'))

describe('microphone and camera together', () => {
  it('are asked for apart when both are granted, so that neither waits for the other', async () => {
    const { view, asked } = createFakeNavigator({ permission: 'granted' })
    const both = createMediaAdapter(view).openBoth(VOICE, FRONT)
    expect((await both.microphone).kind).toBe('audio')
    expect((await both.camera).kind).toBe('video')
    expect(kindsOf(asked).sort()).toEqual(['audio', 'video'])
  })

  it.each(['prompt', null] as const)(
    'are asked for with one question when the permission is %s',
    async (permission) => {
      const { view, asked } = createFakeNavigator({ permission })
      const both = createMediaAdapter(view).openBoth(VOICE, FRONT)
      expect((await both.microphone).kind).toBe('audio')
      expect((await both.camera).kind).toBe('video')
      expect(kindsOf(asked)).toEqual(['audio+video'])
    },
  )

  it('refused together are tried each for itself: without a camera there is a voice', async () => {
    const { view } = createFakeNavigator({ permission: 'prompt', refuse: noCamera })
    const both = createMediaAdapter(view).openBoth(VOICE, FRONT)
    expect((await both.microphone).kind).toBe('audio')
    await expect(both.camera).rejects.toMatchObject({ code: 'media/not-found' })
  })

  it('fail each for itself', async () => {
    const { view } = createFakeNavigator({ refuse: () => 'NotAllowedError' })
    const both = createMediaAdapter(view).openBoth(VOICE, FRONT)
    await expect(both.microphone).rejects.toMatchObject({ code: 'media/permission-denied' })
    await expect(both.camera).rejects.toMatchObject({ code: 'media/permission-denied' })
  })
})

describe('an insecure origin', () => {
  it('says so instead of falling over', async () => {
    const { view } = createFakeNavigator({ insecure: true })
    const media = createMediaAdapter(view)
    const insecure = { code: 'media/insecure-origin' }
    await expect(media.openMicrophone(VOICE)).rejects.toMatchObject(insecure)
    await expect(media.openCamera(FRONT)).rejects.toMatchObject(insecure)
    const both = media.openBoth(VOICE, FRONT)
    await expect(both.microphone).rejects.toMatchObject(insecure)
    await expect(both.camera).rejects.toMatchObject(insecure)
    expect(await media.listDevices()).toEqual([])
    media.onDevicesChanged(() => undefined)()
  })
})

describe('one device', () => {
  it('is asked for by its id, as a wish: one that is gone gives way to the default', async () => {
    const { view, asked } = createFakeNavigator()
    const media = createMediaAdapter(view)
    await media.openMicrophone({ ...VOICE, deviceId: 'mine' })
    await media.openCamera({ deviceId: 'other', facing: 'environment' })
    expect(asked).toMatchObject([
      { audio: { deviceId: { exact: 'mine' }, echoCancellation: true } },
      { video: { deviceId: { exact: 'other' } } },
    ])
    expect(asked[1]?.video).not.toHaveProperty('facingMode')
  })

  it('that is gone is replaced by the system’s, and only then', async () => {
    const gone = createFakeNavigator({ refuse: chosenDevice })
    const media = createMediaAdapter(gone.view)
    expect((await media.openMicrophone({ ...VOICE, deviceId: 'mine' })).kind).toBe('audio')
    expect((await media.openCamera({ deviceId: 'other', facing: 'user' })).kind).toBe('video')
    expect(gone.asked).toHaveLength(4)

    const denied = createFakeNavigator({ refuse: () => 'NotAllowedError' })
    const refused = createMediaAdapter(denied.view).openMicrophone({ ...VOICE, deviceId: 'mine' })
    await expect(refused).rejects.toMatchObject({ code: 'media/permission-denied' })
    expect(denied.asked).toHaveLength(1)
  })

  it('of no choice is the one that faces where it should', async () => {
    const { view, asked } = createFakeNavigator()
    await createMediaAdapter(view).openCamera({ deviceId: null, facing: 'environment' })
    expect(asked).toMatchObject([{ video: { facingMode: 'environment' } }])
  })
})

describe('the noise around a voice', () => {
  it.each([true, false])('is the browser’s matter: %s', async (suppressesNoise) => {
    const { view, asked } = createFakeNavigator()
    await createMediaAdapter(view).openMicrophone({ deviceId: null, suppressesNoise })
    expect(asked).toMatchObject([
      { audio: { noiseSuppression: suppressesNoise, echoCancellation: true } },
    ])
  })
})

describe('the list of devices', () => {
  it('names each by what it is for, and leaves out those without a permission', async () => {
    const fake = createFakeNavigator()
    fake.devices = [
      { deviceId: 'a', label: 'Microphone', kind: 'audioinput' },
      { deviceId: 'b', label: 'Camera', kind: 'videoinput' },
      { deviceId: 'c', label: 'Speaker', kind: 'audiooutput' },
      { deviceId: '', label: '', kind: 'videoinput' },
    ]
    expect(await createMediaAdapter(fake.view).listDevices()).toEqual([
      { id: 'a', label: 'Microphone', kind: 'microphone' },
      { id: 'b', label: 'Camera', kind: 'camera' },
      { id: 'c', label: 'Speaker', kind: 'speaker' },
    ])
  })

  it('has no entry for the choice of the system, which is no device', async () => {
    const fake = createFakeNavigator()
    fake.devices = [
      { deviceId: 'default', label: 'Default - Headset', kind: 'audioinput' },
      { deviceId: 'a', label: 'Headset', kind: 'audioinput' },
    ]
    const listed = await createMediaAdapter(fake.view).listDevices()
    expect(listed).toEqual([{ id: 'a', label: 'Headset', kind: 'microphone' }])
  })

  it('is told to have changed until nobody listens', () => {
    const fake = createFakeNavigator()
    let changes = 0
    const stop = createMediaAdapter(fake.view).onDevicesChanged(() => {
      changes += 1
    })
    fake.change()
    stop()
    fake.change()
    expect(changes).toBe(1)
  })
})
