import { useEventListener } from '@vueuse/core'
import { computed, ref, type ComputedRef, type Ref } from 'vue'

export interface PictureInPicture {
  readonly isSupported: ComputedRef<boolean>
  readonly isOn: Readonly<Ref<boolean>>
  readonly toggle: () => Promise<void>
}

/** Shows a video in a small window of the system's above all others, where the browser can. */
export function usePictureInPicture(
  video: Readonly<Ref<HTMLVideoElement | null>>,
): PictureInPicture {
  const isOn = ref(false)
  const isSupported = computed(() => video.value?.ownerDocument.pictureInPictureEnabled === true)

  useEventListener(video, 'enterpictureinpicture', () => (isOn.value = true))
  useEventListener(video, 'leavepictureinpicture', () => (isOn.value = false))

  async function toggle(): Promise<void> {
    try {
      if (isOn.value) await video.value?.ownerDocument.exitPictureInPicture()
      else await video.value?.requestPictureInPicture()
    } catch {
      // Refused before the first frame or without a gesture: the picture stays where it is.
    }
  }

  return { isSupported, isOn, toggle }
}
