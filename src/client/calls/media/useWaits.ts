import { computed, shallowRef, watch, type ComputedRef, type ShallowRef } from 'vue'
import type { Wait, Waits } from '#shared/protocol/peerState.ts'
import type { MediaAdapter } from '#client/platform/media/MediaAdapter.ts'
import { useControlsStore } from '../session/controlsStore.ts'
import type { UseLocalMediaReturn } from './useLocalMedia.ts'
import type { InputKind } from '../words/callWords.ts'

/** A shorter wait needs no notice. */
const PATIENCE_MS = 600

/** Devices that are switched on and not open yet: the browser asks the user, or they are slow to open. */
export function useWaits(
  { opening, ...tracks }: Pick<UseLocalMediaReturn, 'opening' | 'microphone' | 'camera'>,
  media: Pick<MediaAdapter, 'mustAsk'>,
): ComputedRef<Waits> {
  const controls = useControlsStore()

  function useWait(device: InputKind): Readonly<ShallowRef<Wait | null>> {
    const wait = shallowRef<Wait | null>(null)
    watch(
      () => opening[device].value && tracks[device].value === null,
      (isWaiting, _before, onCleanup) => {
        wait.value = null
        if (!isWaiting) return
        let isOver = false
        const timer = setTimeout(() => {
          void media.mustAsk(device).then((mustAsk) => {
            if (!isOver) wait.value = mustAsk ? 'permission' : 'device'
          })
        }, PATIENCE_MS)
        onCleanup(() => {
          isOver = true
          clearTimeout(timer)
        })
      },
      { flush: 'sync', immediate: true },
    )
    return wait
  }

  const microphone = useWait('microphone')
  const camera = useWait('camera')
  return computed(() => ({
    microphone: controls.microphone === 'on' ? microphone.value : null,
    camera: controls.camera === 'on' ? camera.value : null,
  }))
}
