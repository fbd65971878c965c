import { useTimeoutFn } from '@vueuse/core'
import { onScopeDispose, watch, type Ref } from 'vue'
import type { Sound } from '#client/platform/sound/Sound.ts'
import type { CallState } from '../machine/state.ts'
import { TUNES } from './ringtone.ts'

/** What is back sooner was hardly missed. */
const PATIENCE_MS = 1_000

/** While the path of a talk is lost and sought, a soft tone says that one is not talking to nobody. */
export function useSeekingTone(
  call: Readonly<Ref<CallState | null>>,
  sound: Pick<Sound, 'loop'>,
): void {
  let silence: () => void = () => undefined
  const { start, stop } = useTimeoutFn(
    () => {
      silence = sound.loop(TUNES.seeking)
    },
    PATIENCE_MS,
    { immediate: false },
  )

  function end(): void {
    stop()
    silence()
    silence = () => undefined
  }

  watch(
    () => call.value?.status === 'calling' && call.value.link === 'reconnecting',
    (isSought) => {
      end()
      if (isSought) start()
    },
    { flush: 'sync' },
  )
  onScopeDispose(end)
}
