import { computed, onScopeDispose, ref, type ComputedRef, type Ref } from 'vue'
import type { Sound } from '#client/platform/sound/Sound.ts'
import { useCallStore } from '../session/callStore.ts'

/** Whether the browser blocks a sound that should play now: the ring, or the peer's voice. */
export function useSoundBlocked(
  sound: Sound,
  isVoiceBlocked: Readonly<Ref<boolean>>,
): ComputedRef<boolean> {
  const calls = useCallStore()
  const isRingBlocked = ref(sound.isBlocked)
  onScopeDispose(
    sound.onBlockedChanged((isBlocked) => {
      isRingBlocked.value = isBlocked
    }),
  )
  return computed(
    () => isVoiceBlocked.value || (calls.call?.status === 'coming' && isRingBlocked.value),
  )
}
