import { useIntervalFn } from '@vueuse/core'
import { computed, ref, watch, type ComputedRef, type Ref } from 'vue'
import type { CallState } from '../machine/state.ts'

const TICK_MS = 250

/** Talking time by the server's clock, so that both sides read the same. */
export function useTalkedTime(
  call: Readonly<Ref<CallState | null>>,
  serverNow: () => number,
): ComputedRef<number | null> {
  const now = ref(serverNow())
  const { pause, resume } = useIntervalFn(
    () => {
      now.value = serverNow()
    },
    TICK_MS,
    { immediate: false },
  )
  watch(
    () => call.value?.status === 'calling',
    (isCalling) => {
      now.value = serverNow()
      if (isCalling) resume()
      else pause()
    },
  )
  return computed(() => {
    const current = call.value
    if (current?.status !== 'calling' || current.acceptedAt === null) return null
    return Math.max(0, now.value - current.acceptedAt)
  })
}
