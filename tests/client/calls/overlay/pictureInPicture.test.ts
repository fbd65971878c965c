import { afterEach, describe, expect, it } from 'vitest'
import { effectScope, nextTick, ref, shallowRef } from 'vue'
import { usePictureInPicture } from '#client/calls/overlay/pictures/usePictureInPicture.ts'

const LIVE = { id: 'live' } as unknown as MediaStream
const FACE = { id: 'face' } as unknown as MediaStream

/** A video as a browser with picture in picture has it, whose window nobody but the app closes. */
function aVideo(): HTMLVideoElement {
  const video = document.createElement('video')
  Object.assign(document, {
    pictureInPictureEnabled: true,
    exitPictureInPicture: () => {
      Object.assign(document, { pictureInPictureElement: null })
      video.dispatchEvent(new Event('leavepictureinpicture'))
      return Promise.resolve()
    },
  })
  Object.defineProperty(video, 'srcObject', { value: LIVE, writable: true })
  video.requestPictureInPicture = () => {
    Object.assign(document, { pictureInPictureElement: video })
    video.dispatchEvent(new Event('enterpictureinpicture'))
    return Promise.resolve({} as PictureInPictureWindow)
  }
  return video
}

async function aWindow() {
  const context = { fillRect: () => undefined, fillText: () => undefined }
  const canvas = HTMLCanvasElement.prototype
  Object.assign(canvas, { getContext: () => context, captureStream: () => FACE })
  const [isCalling, hasPicture] = [ref(true), ref(true)]
  const video = shallowRef<HTMLVideoElement | null>(aVideo())
  const scope = effectScope()
  const pip = scope.run(() =>
    usePictureInPicture(video, {
      isCalling: () => isCalling.value,
      hasPicture: () => hasPicture.value,
      nickname: () => '白露',
    }),
  )
  if (pip === undefined) throw new Error('no scope')
  await nextTick()
  await pip.toggle()
  await nextTick()
  expect(pip.isOn.value).toBe(true)
  return { pip, video, scope, isCalling, hasPicture }
}

const isOpen = (): boolean => Boolean(document.pictureInPictureElement)

afterEach(() => {
  Object.assign(document, { pictureInPictureElement: null })
})

describe('the window of picture in picture', () => {
  it('goes with the call', async () => {
    const { pip, isCalling } = await aWindow()
    isCalling.value = false
    await nextTick()
    expect([isOpen(), pip.isOn.value]).toEqual([false, false])
  })

  it('goes with the overlay, also when its element is off the page by then', async () => {
    const { video, scope } = await aWindow()
    video.value?.remove()
    scope.stop()
    expect(isOpen()).toBe(false)
  })

  it('goes with its element: a shared screen that has ended', async () => {
    const { video } = await aWindow()
    video.value = document.createElement('video')
    await nextTick()
    expect(isOpen()).toBe(false)
  })

  it('stays while the camera of the peer is off, and shows a face instead of the last frame', async () => {
    const { pip, video, hasPicture } = await aWindow()
    hasPicture.value = false
    await nextTick()
    expect(video.value?.srcObject).toBe(FACE)
    expect([isOpen(), pip.isOn.value]).toEqual([true, true])
  })

  it('is closed by a second press', async () => {
    const { pip } = await aWindow()
    await pip.toggle()
    expect([isOpen(), pip.isOn.value]).toEqual([false, false])
  })
})
