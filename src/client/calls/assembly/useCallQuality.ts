import { computed } from 'vue'
import { injectAdapter, PAGE, SOCKET } from '#client/platform/keys.ts'
import { useCallStore } from '../session/callStore.ts'
import { useControlsStore } from '../session/controlsStore.ts'
import type { UsePeerConnectionReturn } from '../peer/usePeerConnection.ts'
import { useRecoverySteps, type UseRecoveryStepsReturn } from '../quality/useRecoverySteps.ts'
import { useQuality, type UseQualityReturn } from '../quality/useQuality.ts'

/** The quality of this tab's call. */
export function useCallQuality(
  peer: () => Pick<UsePeerConnectionReturn, 'connection' | 'sender'>,
): UseQualityReturn {
  const socket = injectAdapter(SOCKET)
  const calls = useCallStore()
  const controls = useControlsStore()
  const isTalking = computed(
    () => calls.call?.status === 'calling' && calls.call.link === 'connected',
  )

  const quality = useQuality({
    isOn: isTalking,
    connection: () => peer().connection(),
    sender: (kind) => peer().sender(kind),
    expected: () => ({
      sound: controls.peerMicrophoneOn,
      picture:
        controls.peerCameraOn &&
        !quality.peerCameraPaused.value &&
        (quality.localState().shows?.camera ?? 0) > 0,
    }),
    // It acknowledges nothing: only the time of its way there and back is wanted.
    ping: () => socket.request('ping', { received: 0 }),
    now: () => socket.serverNow(),
    page: injectAdapter(PAGE),
  })
  return quality
}

/** The recovery steps of this tab's call. */
export function useCallRecovery(
  peer: () => Pick<UsePeerConnectionReturn, 'recover' | 'sendAgain'>,
  { onAlarm }: Pick<UseQualityReturn, 'onAlarm'>,
): UseRecoveryStepsReturn {
  const socket = injectAdapter(SOCKET)
  const calls = useCallStore()
  return useRecoverySteps({
    onAlarm,
    callId: computed(() => calls.call?.callId),
    peer,
    now: () => socket.serverNow(),
  })
}
