import { storeToRefs } from 'pinia'
import { watch } from 'vue'
import type { IceServer } from '#shared/protocol/calls.ts'
import type { Alerts } from '#client/platform/alerts/Alerts.ts'
import {
  injectAdapter,
  MEDIA,
  PAGE,
  PEER_CONNECTION,
  SOCKET,
  SOUND,
  STORAGE,
} from '#client/platform/keys.ts'
import { useSettingsStore } from '#client/settings/index.ts'
import { createCallEffects } from '../callEffects.ts'
import { useCallStore } from '../callStore.ts'
import { createCallTimers } from '../callTimers.ts'
import { useControlsStore } from '../controlsStore.ts'
import type { UsePeerConnectionReturn } from '../peer/usePeerConnection.ts'
import { useRinging } from '../useRinging.ts'
import { useCallControls, type UseCallControlsReturn } from './useCallControls.ts'
import { useCallPushes } from './useCallPushes.ts'
import { usePeer } from './usePeer.ts'
import { useRelayGuard } from './useRelayGuard.ts'

export interface UseCallMachineReturn {
  own: UseCallControlsReturn
  peer: UsePeerConnectionReturn
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
  const storage = injectAdapter(STORAGE)
  const own = useCallControls(media, storage)
  const relayOnly = (): boolean => settings.relayOnly
  const peer = usePeer({
    socket,
    media,
    createConnection,
    storage,
    local: own.local,
    relayOnly,
  })
  const guard = useRelayGuard({ call: storeToRefs(calls).call, relayOnly, dispatch })
  const useIceServers = (servers: readonly IceServer[]): void => {
    peer.useIceServers(servers)
    guard.useIceServers(servers)
  }

  calls.interpretWith(
    createCallEffects({
      socket,
      peer: { ...peer, useIceServers },
      media: own,
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
  useCallPushes({
    socket,
    dispatch,
    isCurrent: (callId) => calls.call?.callId === callId,
    useIceServers,
  })
  watch(
    () => calls.call?.callId,
    (callId, before) => {
      if (callId !== undefined && before !== callId) controls.reset()
    },
    { flush: 'sync' },
  )
  return { own, peer }
}
