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

/** Long enough for whatever can be done without an answer. */
const settled = async () => {
  for (let turn = 0; turn < 20; turn += 1) await Promise.resolve()
}

describe('[CA18] a question of the browser', () => {
  it.each(['prompt', null] as const)(
    'that is closed is not asked again by itself when the permission is %s',
    async (permission) => {
      const { view, asked } = createFakeNavigator({ permission, refuse: () => 'NotAllowedError' })
      const both = createMediaAdapter(view).openBoth(VOICE, FRONT)
      await expect(both.microphone).rejects.toMatchObject({ code: 'media/permission-denied' })
      await expect(both.camera).rejects.toMatchObject({ code: 'media/permission-denied' })
      expect(kindsOf(asked)).toEqual(['audio+video'])
    },
  )

  it.each([
    ['microphone', 'granted'],
    ['microphone', 'denied'],
    ['camera', 'granted'],
    ['camera', 'denied'],
  ] as const)('is about one device where the %s is %s already', async (device, state) => {
    const fake = createFakeNavigator({ permission: 'prompt', asks: true })
    fake.states[device] = state
    const both = createMediaAdapter(fake.view).openBoth(VOICE, FRONT)
    await settled()
    expect(kindsOf(fake.asked).sort()).toEqual(['audio', 'video'])
    fake.answer()
    fake.answer()
    await Promise.all([both.microphone, both.camera])
  })

  it('allowed for one that the system refuses opens the other', async () => {
    const fake = createFakeNavigator({ permission: 'prompt', asks: true })
    const both = createMediaAdapter(fake.view).openBoth(VOICE, FRONT)
    await settled()
    fake.states.microphone = 'granted'
    fake.answer('NotAllowedError')
    await settled()
    expect(kindsOf(fake.asked)).toEqual(['audio+video', 'audio'])
    fake.answer()
    expect((await both.microphone).kind).toBe('audio')
    await expect(both.camera).rejects.toMatchObject({ code: 'media/permission-denied' })
  })

  it('is one question where a chosen device is gone', async () => {
    const { view, asked } = createFakeNavigator({ permission: 'prompt', refuse: chosenDevice })
    const both = createMediaAdapter(view).openBoth({ ...VOICE, deviceId: 'gone' }, FRONT)
    await Promise.all([both.microphone, both.camera])
    expect(kindsOf(asked)).toEqual(['audio+video', 'audio+video'])
  })

  it('that is open is not put a second time: who presses again waits for the answer', async () => {
    const fake = createFakeNavigator({ permission: 'prompt', asks: true })
    const media = createMediaAdapter(fake.view)
    const both = media.openBoth(VOICE, FRONT)
    const again = media.openCamera(FRONT)
    await settled()
    expect(kindsOf(fake.asked)).toEqual(['audio+video'])
    Object.assign(fake.states, { microphone: 'granted', camera: 'granted' })
    fake.answer()
    await Promise.all([both.microphone, both.camera])
    await settled()
    fake.answer()
    expect((await again).kind).toBe('video')
    expect(kindsOf(fake.asked)).toEqual(['audio+video', 'video'])
  })

  it('that is refused is refused to everybody who waits for it, and asked at the next press', async () => {
    const fake = createFakeNavigator({ permission: 'prompt', asks: true })
    const media = createMediaAdapter(fake.view)
    const presses = [1, 2, 3].map(() => media.openMicrophone(VOICE))
    await settled()
    fake.answer('NotAllowedError')
    const refused = await Promise.allSettled(presses)
    expect(refused.map(({ status }) => status)).toEqual(['rejected', 'rejected', 'rejected'])
    expect(fake.asked).toHaveLength(1)
    const next = media.openMicrophone(VOICE)
    await settled()
    fake.answer()
    expect((await next).kind).toBe('audio')
  })

  it('makes nobody wait who need not be asked', async () => {
    const fake = createFakeNavigator({ permission: 'granted', asks: true })
    const media = createMediaAdapter(fake.view)
    const [first, second] = [media.openMicrophone(VOICE), media.openMicrophone(VOICE)]
    await settled()
    expect(fake.asked).toHaveLength(2)
    fake.answer()
    fake.answer()
    await Promise.all([first, second])
  })

  it('is not put for what nobody pressed, and a permission taken back is none', async () => {
    const fake = createFakeNavigator({ permission: 'prompt' })
    const media = createMediaAdapter(fake.view)
    const denied = { code: 'media/permission-denied' }
    await expect(media.openMicrophone(VOICE, { quietly: true })).rejects.toMatchObject(denied)
    await expect(media.openCamera(FRONT, { quietly: true })).rejects.toMatchObject(denied)
    Object.assign(fake.states, { microphone: 'granted', camera: 'granted' })
    await media.openMicrophone(VOICE, { quietly: true })
    await media.openCamera(FRONT)
    Object.assign(fake.states, { microphone: 'prompt', camera: 'prompt' })
    await expect(media.openMicrophone(VOICE, { quietly: true })).rejects.toMatchObject(denied)
    await expect(media.openCamera(FRONT, { quietly: true })).rejects.toMatchObject(denied)
    expect(fake.asked).toHaveLength(2)
  })

  it.each(['prompt', null] as const)(
    'allowed for this once, of which the browser says %s, allows another device as well',
    async (permission) => {
      const { view, asked } = createFakeNavigator({ permission })
      const media = createMediaAdapter(view)
      await media.openMicrophone(VOICE)
      await media.openMicrophone({ ...VOICE, deviceId: 'other' }, { quietly: true })
      expect(asked).toHaveLength(2)
    },
  )

  it.each([
    ['granted', false],
    ['denied', true],
    ['prompt', true],
    [null, true],
  ] as const)('is to be expected when the permission is %s: %s', async (permission, mustAsk) => {
    const media = createMediaAdapter(createFakeNavigator({ permission }).view)
    expect(await media.mustAsk('microphone')).toBe(mustAsk)
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
  it('is asked for by its id, as a preference: where it is gone, the default is used', async () => {
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
