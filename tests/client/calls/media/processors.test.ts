import { createPinia, setActivePinia } from 'pinia'
import { beforeEach, describe, expect, it, onTestFinished } from 'vitest'
import { effectScope, nextTick, shallowRef } from 'vue'
import { useProcessorsStore } from '#client/calls/media/processorsStore.ts'
import { useControlledMedia } from '#client/calls/media/useControlledMedia.ts'
import { useProcessors } from '#client/calls/media/useProcessors.ts'
import { createValueStorage } from '#client/platform/storage/createValueStorage.ts'
import { createFakeProcessor } from '../../../support/media/fakeProcessor.ts'
import { createFakeMedia } from '../../../support/media/fakeMedia.ts'

beforeEach(() => {
  setActivePinia(createPinia())
  window.localStorage.clear()
})

const told = async () => {
  for (let turn = 0; turn < 8; turn += 1) await nextTick()
}

/** A page of this browser, with its devices and what can be done to what they give. */
function openPage({ isSupported = true } = {}) {
  setActivePinia(createPinia())
  const media = createFakeMedia({ isGenerous: true })
  const given = {
    noise: createFakeProcessor({ isSupported }),
    blur: createFakeProcessor({ isSupported }),
  }
  const scope = effectScope()
  onTestFinished(() => {
    scope.stop()
  })
  const made = scope.run(() => {
    const local = useControlledMedia({
      media,
      cameraBusy: shallowRef(false),
      say: () => undefined,
    })
    const processors = useProcessors({
      processors: given,
      storage: createValueStorage(window),
      local,
      streamOf: (track) => media.streamOf(track),
    })
    return { local, processors }
  })
  if (made === undefined) throw new Error('no scope')
  return { media, given, store: useProcessorsStore(), ...made }
}

async function talk(page: ReturnType<typeof openPage>) {
  page.local.open('video', { muted: false })
  await told()
}

describe('strong noise suppression', () => {
  it('has the microphone opened anew without the browser’s own, and treats that', async () => {
    const page = openPage()
    await talk(page)
    expect(page.local.microphone.value?.getSettings().noiseSuppression).toBe(true)
    page.processors.switchProcessor('noise', true)
    await told()
    const microphone = page.local.microphone.value
    expect(microphone?.getSettings().noiseSuppression).toBe(false)
    expect(page.given.noise.treatments.map(({ source }) => source)).toEqual([microphone])
    expect([page.processors.processors.value.noise, page.processors.voice.value]).toEqual([
      'starting',
      microphone,
    ])
    const out = page.given.noise.treatments[0]?.finish()
    await told()
    expect([page.processors.processors.value.noise, page.processors.voice.value]).toEqual([
      'on',
      out,
    ])
  })

  it('that failed gives the voice back to the browser', async () => {
    const page = openPage()
    await talk(page)
    page.processors.switchProcessor('noise', true)
    await told()
    page.given.noise.treatments[0]?.fail()
    await told()
    expect(page.processors.processors.value.noise).toBe('failed')
    expect(page.processors.processorsGivenUp.value).toEqual(['noise'])
    expect(page.processors.voice.value).toBe(page.local.microphone.value)
    expect(page.local.microphone.value?.getSettings().noiseSuppression).toBe(true)
  })

  it('leaves a muted microphone muted', async () => {
    const page = openPage()
    await talk(page)
    page.local.setMicrophoneEnabled(false)
    page.processors.switchProcessor('noise', true)
    await told()
    expect(page.local.microphone.value?.enabled).toBe(false)
  })
})

describe('the blur', () => {
  it('shows in the preview what is sent', async () => {
    const page = openPage()
    await talk(page)
    page.processors.switchProcessor('blur', true)
    const out = page.given.blur.treatments[0]?.finish()
    await told()
    expect(page.processors.picture.value).toBe(out)
    expect(page.processors.localVideo.value?.getVideoTracks()).toEqual([out])
  })

  it('that was on in the last call shows nothing before it is at work', async () => {
    const before = openPage()
    before.processors.switchProcessor('blur', true)
    await told()
    const page = openPage()
    await talk(page)
    expect([page.processors.picture.value, page.processors.localVideo.value]).toEqual([null, null])
    expect(page.processors.processors.value.blur).toBe('starting')
  })

  it('is off with the camera, whose light goes out', async () => {
    const page = openPage()
    await talk(page)
    page.processors.switchProcessor('blur', true)
    const out = page.given.blur.treatments[0]?.finish()
    await told()
    page.local.closeCamera()
    expect(page.processors.picture.value).toBeNull()
    expect(out?.readyState).toBe('ended')
    expect(page.media.live.map(({ kind }) => kind)).toEqual(['audio'])
  })
})

describe('a processor that gave itself up', () => {
  it('since the computer is too slow, is off for the calls after this one, too', async () => {
    const page = openPage()
    await talk(page)
    page.processors.switchProcessor('blur', true)
    page.given.blur.treatments[0]?.finish()
    await told()
    page.given.blur.treatments[0]?.take(3, 10)
    expect(page.processors.processors.value.blur).toBe('slow')
    expect(page.processors.processorsGivenUp.value).toEqual(['blur'])
    await told()
    page.store.reset()
    expect(page.processors.processors.value.blur).toBe('off')
    expect(openPage().processors.processors.value.blur).toBe('off')
  })

  it('since it could not be loaded, is tried again in the next call', async () => {
    const page = openPage()
    await talk(page)
    page.processors.switchProcessor('blur', true)
    page.given.blur.treatments[0]?.fail()
    await told()
    page.local.release()
    page.store.reset()
    await talk(page)
    expect(page.given.blur.treatments).toHaveLength(2)
  })

  it('is told until the user has read it, and stays off', async () => {
    const page = openPage()
    await talk(page)
    page.processors.switchProcessor('blur', true)
    page.given.blur.treatments[0]?.fail()
    await told()
    page.processors.dismissProcessor('blur')
    expect(page.processors.processorsGivenUp.value).toEqual([])
    expect(page.processors.processors.value.blur).toBe('failed')
  })

  it('is begun anew when it is switched on again', async () => {
    const page = openPage()
    await talk(page)
    page.processors.switchProcessor('blur', true)
    page.given.blur.treatments[0]?.fail()
    await told()
    page.processors.switchProcessor('blur', true)
    expect(page.processors.processors.value.blur).toBe('starting')
    expect(page.processors.processorsGivenUp.value).toEqual([])
    expect(page.given.blur.treatments).toHaveLength(2)
  })
})

it('where the browser can’t, nothing is offered, and what was wanted elsewhere is not begun', async () => {
  openPage().processors.switchProcessor('blur', true)
  await told()
  const page = openPage({ isSupported: false })
  await talk(page)
  expect(page.processors.processorsOffered).toEqual([])
  expect(page.given.blur.treatments).toEqual([])
  expect(page.processors.picture.value).toBe(page.local.camera.value)
})
