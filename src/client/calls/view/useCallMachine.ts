import { watch } from 'vue'
import type { Alerts } from '#client/platform/alerts/Alerts.ts'
import {
  injectAdapter,
  MEDIA,
  PAGE,
  PEER_CONNECTION,
  SOCKET,
  SOUND,
} from '#client/platform/keys.ts'
import { useSettingsStore } from '#client/settings/index.ts'
import { createCallEffects } from '../callEffects.ts'
import { useCallStore } from '../callStore.ts'
import { createCallTimers } from '../callTimers.ts'
import { useControlsStore } from '../controlsStore.ts'
import type { UsePeerConnectionReturn } from '../peer/usePeerConnection.ts'
import type { UseQualityReturn } from '../quality/useQuality.ts'
import { useRinging } from '../useRinging.ts'
import { useCallQuality } from './useCallQuality.ts'
import { useCallPushes } from './useCallPushes.ts'
import { useOwnSide, type UseOwnSideReturn } from './useOwnSide.ts'
import { usePeer } from './usePeer.ts'

export interface UseCallMachineReturn extends UseOwnSideReturn {
  peer: UsePeerConnectionReturn
  quality: UseQualityReturn
}

/** The machine at work: its effects happen, and what comes of them and from the server goes in. */
export function useCallMachine(alerts: Alerts): UseCallMachineReturn {
  const socket = injectAdapter(SOCKET)
  const sound = injectAdapter(SOUND)
  const page = injectAdapter(PAGE)
  const { settings } = useSettingsStore()
  const calls = useCallStore()
  const { dispatch } = calls
  const side = useOwnSide()
  const quality = useCallQuality(() => peer)
  const peer: UsePeerConnectionReturn = usePeer({
    socket,
    media: injectAdapter(MEDIA),
    createConnection: injectAdapter(PEER_CONNECTION),
    ...side,
    said: () => ({ ...side.said(), ...quality.said() }),
    onPeerState: (state) => {
      side.hear(state)
      quality.hear(state)
    },
  })

  calls.interpretWith(
    createCallEffects({
      socket,
      peer,
      media: {
        open: (kind, options) => {
          side.own.open(kind, options)
        },
        release: () => {
          side.release()
        },
      },
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
    useIceServers: (servers) => {
      peer.useIceServers(servers)
    },
  })
  forgetWithCall(side.lines)
  return { ...side, peer, quality }
}

/** Before each call everything is as on the first day. */
function forgetWithCall(lines: UseOwnSideReturn['lines']): void {
  const calls = useCallStore()
  const controls = useControlsStore()
  watch(
    () => calls.call?.callId,
    (callId, before) => {
      if (callId === undefined || before === callId) return
      controls.reset()
      lines.clear()
    },
    { flush: 'sync' },
  )
}
