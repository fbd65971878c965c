import { defineStore } from 'pinia'
import { ref } from 'vue'
import type { Waits } from '#shared/protocol/peerState.ts'
import type { CallNotice, ControlState, DeviceKind } from '../words/callWords.ts'

const NO_WAITS: Waits = { microphone: null, camera: null }

/** Microphone, camera and speaker of this side, and the peer's as far as the peer tells. */
export const useControlsStore = defineStore('controls', () => {
  const microphone = ref<ControlState>('off')
  const camera = ref<ControlState>('off')
  const chosen = ref<Readonly<Record<DeviceKind, string | null>>>({
    microphone: null,
    camera: null,
    speaker: null,
  })
  const peerMicrophoneOn = ref(true)
  const peerCameraOn = ref(false)
  const peerScreenOn = ref(false)
  const peerWaits = ref(NO_WAITS)
  const minimised = ref(false)
  const notices = ref<readonly CallNotice[]>([])

  /** One notice per device: the newest replaces the one before. */
  function notice(news: CallNotice): void {
    notices.value = [...notices.value.filter(({ device }) => device !== news.device), news]
  }

  function dismiss(device: DeviceKind): void {
    notices.value = notices.value.filter((one) => one.device !== device)
  }

  /** Reset everything before a call, except the chosen devices. */
  function reset(): void {
    microphone.value = 'off'
    camera.value = 'off'
    peerMicrophoneOn.value = true
    peerCameraOn.value = false
    peerScreenOn.value = false
    peerWaits.value = NO_WAITS
    minimised.value = false
    notices.value = []
  }

  function choose(kind: DeviceKind, id: string | null): void {
    chosen.value = { ...chosen.value, [kind]: id }
  }

  return {
    microphone,
    camera,
    chosen,
    peerMicrophoneOn,
    peerCameraOn,
    peerScreenOn,
    peerWaits,
    minimised,
    notices,
    notice,
    dismiss,
    reset,
    choose,
  }
})
