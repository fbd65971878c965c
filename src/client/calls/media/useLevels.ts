import { computed, type Ref } from 'vue'
import { injectAdapter, LEVEL_METER, SOUND } from '#client/platform/keys.ts'
import { useCallStore } from '../session/callStore.ts'
import { useControlsStore } from '../session/controlsStore.ts'
import { useLevel } from './useLevel.ts'
import type { CallView } from '../view/useCall.ts'
import type { UseCallControlsReturn } from './useCallControls.ts'
import { useUnheard } from './useUnheard.ts'

export interface UseLevelsReturn extends Pick<CallView, 'localLevel' | 'remoteLevel'> {
  /** My microphone is on and delivers only zeros. */
  isUnheard: Readonly<Ref<boolean>>
}

/** How loud both sides are, and whether my microphone delivers anything at all. */
export function useLevels(
  { local, silenced }: Pick<UseCallControlsReturn, 'local' | 'silenced'>,
  remoteAudio: Readonly<Ref<MediaStream | null>>,
): UseLevelsReturn {
  const sound = injectAdapter(SOUND)
  const createMeter = injectAdapter(LEVEL_METER)
  const calls = useCallStore()
  const controls = useControlsStore()
  const remoteTrack = computed(() => remoteAudio.value?.getAudioTracks()[0] ?? null)
  const localLevel = useLevel(local.microphone, createMeter)

  return {
    localLevel,
    remoteLevel: useLevel(remoteTrack, createMeter),
    isUnheard: useUnheard({
      level: localLevel,
      isSpoken: () =>
        calls.call?.status === 'calling' &&
        controls.microphone === 'on' &&
        local.microphone.value !== null &&
        !silenced.value.includes('microphone'),
      canMeasure: () => !sound.isBlocked,
    }),
  }
}
