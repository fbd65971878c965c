import { useTimeoutFn } from '@vueuse/core'
import { onScopeDispose, ref, type Ref } from 'vue'
import { injectAdapter, SOUND } from '#client/platform/keys.ts'
import { TUNES } from './ringtone.ts'

/** `blocked`: it would ring, but the browser keeps this tab silent. */
type TestRingState = 'silent' | 'ringing' | 'blocked'

export interface UseTestRingReturn {
  readonly state: Readonly<Ref<TestRingState>>
  /** Inside of a gesture: ring as an incoming call does, once; another press begins again. */
  ring: () => void
}

/** Just before the tune would begin again. */
const RING_MS = TUNES.incoming.lengthMs - 100
/** A browser that allows sound may take a moment to begin. */
const PATIENCE_MS = 400

/** The ring of an incoming call, for whoever wants to hear how loud it is. */
export function useTestRing(): UseTestRingReturn {
  const sound = injectAdapter(SOUND)
  const state = ref<TestRingState>('silent')
  let stop: () => void = () => undefined

  const ending = useTimeoutFn(() => become('silent'), RING_MS, { immediate: false })
  const judging = useTimeoutFn(
    () => {
      if (sound.isBlocked) become('blocked')
    },
    PATIENCE_MS,
    { immediate: false },
  )

  function silence(): void {
    stop()
    stop = () => undefined
    ending.stop()
    judging.stop()
  }

  function become(next: TestRingState): void {
    silence()
    state.value = next
  }

  onScopeDispose(silence)

  return {
    state,
    ring() {
      become('ringing')
      stop = sound.loop(TUNES.incoming)
      ending.start()
      judging.start()
    },
  }
}
