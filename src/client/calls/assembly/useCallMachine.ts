import { storeToRefs } from 'pinia'
import { watch } from 'vue'
import type { IceServer } from '#shared/protocol/calls.ts'
import type { Alerts } from '#client/platform/alerts/Alerts.ts'
import {
  EFFICIENT_VIDEO,
  injectAdapter,
  LOCKS,
  MEDIA,
  PAGE,
  PEER_CONNECTION,
  SOCKET,
  SOUND,
  STORAGE,
  TAB_STORAGE,
} from '#client/platform/keys.ts'
import { useSettingsStore } from '#client/settings/index.ts'
import { useBlackBoxStore } from '../blackBox/blackBoxStore.ts'
import { createCallEffects } from '../session/callEffects.ts'
import { useCallStore } from '../session/callStore.ts'
import { createCallTimers } from '../session/callTimers.ts'
import { useControlsStore } from '../session/controlsStore.ts'
import { useProcessorsStore } from '../media/processorsStore.ts'
import type { UsePeerConnectionReturn } from '../peer/usePeerConnection.ts'
import type { UseRecoveryStepsReturn } from '../quality/useRecoverySteps.ts'
import type { UseQualityReturn } from '../quality/useQuality.ts'
import { createResumeSecrets } from '../session/resumeSecrets.ts'
import { useRinging } from '../ringing/useRinging.ts'
import { useCallMemory } from '../session/useCallMemory.ts'
import { useCallRecovery, useCallQuality } from './useCallQuality.ts'
import { useCallPushes } from '../session/useCallPushes.ts'
import { useOwnSide, type UseOwnSideReturn } from './useOwnSide.ts'
import { usePeer } from './usePeer.ts'
import { useRelayGuard } from './useRelayGuard.ts'
import { useSeekingTone } from '../ringing/useSeekingTone.ts'

export interface UseCallMachineReturn extends UseOwnSideReturn {
  peer: UsePeerConnectionReturn
  quality: UseQualityReturn
  recovery: UseRecoveryStepsReturn
}

/** The machine at work: its effects happen, and what comes of them and from the server goes in. */
export function useCallMachine(alerts: Alerts): UseCallMachineReturn {
  const socket = injectAdapter(SOCKET)
  const sound = injectAdapter(SOUND)
  const page = injectAdapter(PAGE)
  const { settings } = useSettingsStore()
  const calls = useCallStore()
  const { dispatch } = calls
  const box = useBlackBoxStore()
  const side = useOwnSide()
  const { peer, quality, recovery, useIceServers } = useWayToPeer(side)
  const resumeSecrets = createResumeSecrets()

  calls.interpretWith(
    createCallEffects({
      socket,
      resumeSecrets,
      peer: { ...peer, useIceServers },
      media: { open: side.own.open, release: side.release },
      ringing: useRinging(sound, alerts),
      timers: createCallTimers(dispatch, {
        now: () => socket.serverNow(),
        isEndOffering: () => box.hasGoneBadly,
      }),
      presence: () => ({
        audible: !sound.isBlocked,
        visible: page.isVisible,
        early: settings.connectBeforeAnswer,
      }),
      dispatch,
    }),
  )
  useCallPushes({ socket, dispatch, currentCallId: () => calls.call?.callId, useIceServers })
  forgetWithCall(side.lines)
  useSeekingTone(storeToRefs(calls).call, sound)
  const [storage, locks] = [injectAdapter(TAB_STORAGE), injectAdapter(LOCKS)]
  useCallMemory({ socket, resumeSecrets, storage, locks, page })
  return { ...side, peer, quality, recovery }
}

interface WayToPeer extends Pick<UseCallMachineReturn, 'peer' | 'quality' | 'recovery'> {
  useIceServers: (servers: readonly IceServer[]) => void
}

/** The connections, how good they are, and whether they may be made at all. */
function useWayToPeer(side: UseOwnSideReturn): WayToPeer {
  const calls = useCallStore()
  const { settings } = useSettingsStore()
  const relayOnly = (): boolean => settings.relayOnly
  const quality = useCallQuality(() => peer)
  const recovery = useCallRecovery(() => peer, quality)
  const peer: UsePeerConnectionReturn = usePeer({
    socket: injectAdapter(SOCKET),
    media: injectAdapter(MEDIA),
    createConnection: injectAdapter(PEER_CONNECTION),
    efficientVideo: injectAdapter(EFFICIENT_VIDEO),
    storage: injectAdapter(STORAGE),
    relayOnly,
    ...side,
    localState: () => ({ ...side.localState(), ...quality.localState(), ...recovery.localState() }),
    onPeerState: (state) => {
      side.receive(state)
      quality.receive(state)
      recovery.receive(state)
    },
  })
  const guard = useRelayGuard({
    call: storeToRefs(calls).call,
    relayOnly,
    dispatch: calls.dispatch,
  })

  return {
    peer,
    quality,
    recovery,
    useIceServers(servers) {
      peer.useIceServers(servers)
      guard.useIceServers(servers)
    },
  }
}

/** Before each call everything is as on the first day. */
function forgetWithCall(lines: UseOwnSideReturn['lines']): void {
  const calls = useCallStore()
  const controls = useControlsStore()
  const processors = useProcessorsStore()
  watch(
    () => calls.call?.callId,
    (callId, before) => {
      if (callId === undefined || before === callId) return
      controls.reset()
      processors.reset()
      lines.clear()
    },
    { flush: 'sync' },
  )
}
