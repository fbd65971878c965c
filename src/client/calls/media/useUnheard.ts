import { useTimeoutFn } from '@vueuse/core'
import { readonly, ref, watch, type Ref } from 'vue'

export interface UseUnheardOptions {
  /** Loudness of the microphone, 0 to 1; exactly 0 is no sound at all. */
  level: Readonly<Ref<number>>
  /** The microphone is open and on in an answered call. */
  isSpoken: () => boolean
  /** A page that may not play sound yet measures nothing. */
  canMeasure: () => boolean
}

/** Even the quietest room hums. Jitsi waits for 4 s, but a headset's noise gate may take longer. */
const UNHEARD_AFTER_MS = 6_000

/** Whether the microphone is on and delivers only zeros, as one with its own mute switch does. */
export function useUnheard({
  level,
  isSpoken,
  canMeasure,
}: UseUnheardOptions): Readonly<Ref<boolean>> {
  const isUnheard = ref(false)
  const { start, stop } = useTimeoutFn(
    () => {
      isUnheard.value = canMeasure()
    },
    UNHEARD_AFTER_MS,
    { immediate: false },
  )
  watch(
    () => isSpoken() && level.value === 0,
    (isNothing) => {
      isUnheard.value = false
      if (isNothing) start()
      else stop()
    },
    { flush: 'sync' },
  )
  return readonly(isUnheard)
}
