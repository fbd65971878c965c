import { storeToRefs } from 'pinia'
import { watch } from 'vue'
import type { IceServer } from '#shared/protocol/calls.ts'
import type { Alerts } from '#client/platform/alerts/Alerts.ts'
import {
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
import { createCallEffects } from '../callEffects.ts'
import { useCallStore } from '../callStore.ts'
import { createCallTimers } from '../callTimers.ts'
import { useControlsStore } from '../controlsStore.ts'
import type { UsePeerConnectionReturn } from '../peer/usePeerConnection.ts'
import { createSeat } from '../seat.ts'
import { useRinging } from '../useRinging.ts'
import type { UseCallControlsReturn } from './useCallControls.ts'
import { useCallMemory } from './useCallMemory.ts'
import { useCallPushes } from './useCallPushes.ts'
import type { UseLinesReturn } from './useLines.ts'
import { useOwnMedia } from './useOwnMedia.ts'
import { usePeer } from './usePeer.ts'
import { useRelayGuard } from './useRelayGuard.ts'
import type { UseScreenShareReturn } from './useScreenShare.ts'

export interface UseCallMachineReturn {
  own: UseCallControlsReturn
  peer: UsePeerConnectionReturn
  sharing: UseScreenShareReturn
  lines: UseLinesReturn
}

/** The machine at work: its effects happen, and what comes of them and from the server goes in. */
export function useCallMachine(alerts: Alerts): UseCallMachineReturn {
  const socket = injectAdapter(SOCKET)
  const media = injectAdapter(MEDIA)
  const sound = injectAdapter(SOUND)
  const page = injectAdapter(PAGE)
  const createConnection = injectAdapter(PEER_CONNECTION)
  const { settings } = useSettingsStore()
  const calls = useCallStore()
  const controls = useControlsStore()
  const { dispatch } = calls
  const { own, sharing, lines, sent, release } = useOwnMedia(media)
  const relayOnly = (): boolean => settings.relayOnly
  const storage = injectAdapter(STORAGE)
  const peer = usePeer({ socket, media, createConnection, storage, sent, relayOnly })
  const guard = useRelayGuard({ call: storeToRefs(calls).call, relayOnly, dispatch })
  const useIceServers = (servers: readonly IceServer[]): void => {
    peer.useIceServers(servers)
    guard.useIceServers(servers)
  }

  const seat = createSeat()

  calls.interpretWith(
    createCallEffects({
      socket,
      seat,
      peer: { ...peer, useIceServers },
      media: { open: own.open, release },
      ringing: useRinging(sound, alerts),
      timers: createCallTimers(dispatch, () => socket.serverNow()),
      presence: () => ({
        audible: !sound.isBlocked,
        visible: page.isVisible,
        early: settings.connectBeforeAnswer,
      }),
      dispatch,
    }),
  )
  const currentCallId = (): string | undefined => calls.call?.callId
  useCallPushes({ socket, dispatch, currentCallId, useIceServers })
  watch(
    currentCallId,
    (callId, before) => {
      if (callId === undefined || before === callId) return
      controls.reset()
      lines.clear()
    },
    { flush: 'sync' },
  )
  useCallMemory({ socket, seat, storage: injectAdapter(TAB_STORAGE), locks: injectAdapter(LOCKS) })
  return { own, peer, sharing, lines }
}
