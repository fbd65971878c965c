import { useEventListener } from '@vueuse/core'
import { computed, onScopeDispose, shallowRef, watch, type ComputedRef, type Ref } from 'vue'
import { faceStream } from './faceStream.ts'

export interface PictureInPicture {
  readonly isSupported: ComputedRef<boolean>
  readonly isOn: Readonly<Ref<boolean>>
  readonly toggle: () => Promise<void>
}

export interface PictureInPictureOptions {
  /** The call goes on: the window may stay. */
  isCalling: () => boolean
  /** The video has a picture of the peer's. */
  hasPicture: () => boolean
  /** Stands in the window while there is none. */
  nickname: () => string
}

/** Shows a video in a small window of the system's above all others, where the browser can. */
export function usePictureInPicture(
  video: Readonly<Ref<HTMLVideoElement | null>>,
  { isCalling, hasPicture, nickname }: PictureInPictureOptions,
): PictureInPicture {
  /** Whose window is open: the element may be gone from the page by now. */
  const shown = shallowRef<HTMLVideoElement | null>(null)
  const isOn = computed(() => shown.value !== null)
  const isSupported = computed(() => video.value?.ownerDocument.pictureInPictureEnabled === true)

  useEventListener(video, 'enterpictureinpicture', () => (shown.value = video.value))
  useEventListener(shown, 'leavepictureinpicture', () => (shown.value = null))

  /** A window of the system's outlives its element, and even its call. */
  async function leave(): Promise<void> {
    const element = shown.value
    const document = element?.ownerDocument
    shown.value = null
    if (document?.pictureInPictureElement !== element) return
    // The user may have closed it in this moment.
    await document.exitPictureInPicture().catch(() => undefined)
  }

  async function toggle(): Promise<void> {
    if (isOn.value) await leave()
    // Refused before the first frame or without a gesture: the picture stays where it is.
    else await video.value?.requestPictureInPicture().catch(() => undefined)
  }

  watch([isCalling, video], ([isOnCall, element]) => {
    if (!isOnCall || (element !== shown.value && shown.value !== null)) void leave()
  })
  onScopeDispose(() => void leave())

  // The last frame would stand there as if the camera were on.
  watch(
    [hasPicture, shown],
    ([isThere, element]) => {
      if (!isThere && element !== null) element.srcObject = faceStream(element, nickname())
    },
    { flush: 'post' },
  )

  return { isSupported, isOn, toggle }
}
