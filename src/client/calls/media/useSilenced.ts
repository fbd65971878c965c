import { computed, shallowRef, watch, type ComputedRef, type Ref } from 'vue'
import type { UseLocalMediaReturn } from './useLocalMedia.ts'
import type { InputKind } from '../words/callWords.ts'

type Track = Readonly<Ref<MediaStreamTrack | null>>

/** Devices that are on and deliver nothing: the system holds them, as during a phone call (iOS). */
export function useSilenced({
  microphone,
  camera,
}: Pick<UseLocalMediaReturn, 'microphone' | 'camera'>): ComputedRef<readonly InputKind[]> {
  const isMicrophone = useMuted(microphone)
  const isCamera = useMuted(camera)
  return computed(() => [
    ...(isMicrophone.value ? (['microphone'] as const) : []),
    ...(isCamera.value ? (['camera'] as const) : []),
  ])
}

/** Whether the track is muted by its source, which the page can't change (W3C Media Capture 4.2.1). */
function useMuted(track: Track): Readonly<Ref<boolean>> {
  const isMuted = shallowRef(false)
  watch(
    track,
    (now, _before, onCleanup) => {
      isMuted.value = now?.muted ?? false
      if (now === null) return
      const handle = (): void => {
        isMuted.value = now.muted
      }
      now.addEventListener('mute', handle)
      now.addEventListener('unmute', handle)
      onCleanup(() => {
        now.removeEventListener('mute', handle)
        now.removeEventListener('unmute', handle)
      })
    },
    { flush: 'sync', immediate: true },
  )
  return isMuted
}
