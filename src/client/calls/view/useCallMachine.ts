import { watch } from 'vue'
import type { Alerts } from '#client/platform/alerts/Alerts.ts'
import {
  injectAdapter,
  MEDIA,
  PAGE,
  PEER_CONNECTION,
  SOCKET,
  SOUND,
  SOUND_MIXER,
  STORAGE,
} from '#client/platform/keys.ts'
import { useSettingsStore } from '#client/settings/index.ts'
import { createCallEffects } from '../callEffects.ts'
import { useCallStore } from '../callStore.ts'
import { createCallTimers } from '../callTimers.ts'
import { useControlsStore } from '../controlsStore.ts'
import { useSentSound } from '../media/useSentSound.ts'
import type { UsePeerConnectionReturn } from '../peer/usePeerConnection.ts'
import { useRinging } from '../useRinging.ts'
import { useCallControls, type UseCallControlsReturn } from './useCallControls.ts'
import { useCallPushes } from './useCallPushes.ts'
import { useLines, type UseLinesReturn } from './useLines.ts'
import { usePeer } from './usePeer.ts'
import { useScreenShare, type UseScreenShareReturn } from './useScreenShare.ts'

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
  const own = useCallControls(media, injectAdapter(STORAGE))
  const lines = useLines()
  const sharing = useScreenShare(media, lines)
  const { microphone, camera } = own.local
  const audio = useSentSound(microphone, sharing.local.sound, injectAdapter(SOUND_MIXER))
  const sent = { audio, camera, screen: sharing.local.picture }
  const peer = usePeer({ socket, media, createConnection, sent })

  calls.interpretWith(
    createCallEffects({
      socket,
      peer,
      media: {
        open: (kind, options) => {
          own.open(kind, options)
        },
        release() {
          own.release()
          sharing.local.stop()
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
  watch(
    () => calls.call?.callId,
    (callId, before) => {
      if (callId === undefined || before === callId) return
      controls.reset()
      lines.clear()
    },
    { flush: 'sync' },
  )
  return { own, peer, sharing, lines }
}
