import { useElementSize, useEventListener } from '@vueuse/core'
import { computed, ref, type ComputedRef, type Ref } from 'vue'

/** Less of an upright picture than this would cut the face of who stands in it. */
const LEAST_SHOWN = 0.5

/** A picture fills its window; only a telephone's upright one in a lying window is shown whole. */
export function useFit(
  video: Readonly<Ref<HTMLVideoElement | null>>,
): ComputedRef<'cover' | 'contain'> {
  const pictureRatio = ref(1)
  const { width, height } = useElementSize(video)

  useEventListener(video, ['loadedmetadata', 'resize'], () => {
    const { videoWidth = 0, videoHeight = 0 } = video.value ?? {}
    pictureRatio.value = videoHeight > 0 ? videoWidth / videoHeight : 1
  })

  return computed(() => {
    const windowRatio = height.value > 0 ? width.value / height.value : 1
    return pictureRatio.value / windowRatio < LEAST_SHOWN ? 'contain' : 'cover'
  })
}
