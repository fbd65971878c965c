import { useTimeoutFn } from '@vueuse/core'
import { computed, shallowRef, watch, type Ref, type ShallowRef } from 'vue'
import type { VideoUpgrade } from '#shared/protocol/peerState.ts'
import { useCallStore } from '../session/callStore.ts'
import { useControlsStore } from '../session/controlsStore.ts'
import type { UpgradeState } from '../words/callWords.ts'
import type { CallView } from '../view/useCall.ts'
import type { UseLinesReturn } from '../words/useLines.ts'
import { answer, ask, isAsked, NO_UPGRADE, receive, withdraw } from './videoUpgrade.ts'

/** Nobody looks at the screen forever. */
const UNANSWERED_AFTER_MS = 30_000

export interface UseVideoUpgradeOptions {
  say: UseLinesReturn['say']
  /** Switch the camera, as its button does where nobody has to be asked. */
  toggleCamera: () => void
  /** Rises; each request of a call gets its own number. */
  number: () => number
}

export interface UseVideoUpgradeReturn extends Pick<CallView, 'answerUpgrade' | 'toggleCamera'> {
  state: Readonly<Ref<UpgradeState>>
  /** What this side tells the peer. */
  local: Readonly<ShallowRef<VideoUpgrade>>
  /** Take in what the peer says; undefined from a client that cannot be asked. */
  receive(remote: VideoUpgrade | undefined): void
}

/** From voice to video by asking: no camera goes on because the other side wants it. */
export function useVideoUpgrade({
  say,
  toggleCamera,
  number,
}: UseVideoUpgradeOptions): UseVideoUpgradeReturn {
  const controls = useControlsStore()
  const local = shallowRef(NO_UPGRADE)
  const remote = shallowRef<VideoUpgrade | null>(null)
  /** Both agreed on video in this call: from then on each side switches its own camera. */
  const isAgreed = shallowRef(false)

  const patience = useTimeoutFn(
    () => {
      local.value = withdraw(local.value)
      say({ word: 'upgradeUnanswered' })
    },
    UNANSWERED_AFTER_MS,
    { immediate: false },
  )

  onNextCall(() => {
    patience.stop()
    local.value = NO_UPGRADE
    remote.value = null
    isAgreed.value = false
  })

  function showCamera(): void {
    isAgreed.value = true
    if (controls.camera !== 'on') toggleCamera()
  }

  const state = computed((): UpgradeState => {
    if (local.value.open) return 'asking'
    return remote.value !== null && isAsked(local.value, remote.value) ? 'asked' : 'none'
  })

  function answerUpgrade(yes: boolean): void {
    if (remote.value === null || state.value !== 'asked') return
    local.value = answer(local.value, remote.value, yes)
    if (yes) showCamera()
  }

  function press(): void {
    if (state.value === 'asking') {
      patience.stop()
      local.value = withdraw(local.value)
    } else if (state.value === 'asked') {
      // It says yes as clearly as the button beside the question.
      answerUpgrade(true)
    } else if (mustAsk(remote.value, isAgreed.value)) {
      local.value = ask(local.value, number())
      patience.start()
    } else toggleCamera()
  }

  function receiveState(said: VideoUpgrade | undefined): void {
    remote.value = said ?? null
    if (said === undefined) return
    const received = receive(local.value, said)
    local.value = received.local
    if (received.result === null) return
    patience.stop()
    if (received.result === 'agreed') showCamera()
    else say({ word: 'upgradeDeclined' })
  }

  return { local, state, receive: receiveState, answerUpgrade, toggleCamera: press }
}

/** A voice call in which no camera is on, with a peer that can be asked. */
function mustAsk(remote: VideoUpgrade | null, isAgreed: boolean): boolean {
  const { call } = useCallStore()
  const { camera, peerCameraOn } = useControlsStore()
  const isVoice = call?.status === 'calling' && call.kind === 'audio'
  return isVoice && remote !== null && !isAgreed && !peerCameraOn && camera === 'off'
}

function onNextCall(forget: () => void): void {
  const calls = useCallStore()
  watch(() => calls.call?.callId, forget, { flush: 'sync' })
}
