import type { PeerState } from '#shared/protocol/peerState.ts'
import {
  injectAdapter,
  MEDIA,
  SOCKET,
  SOUND_MIXER,
  STORAGE,
  TRACK_PROCESSORS,
} from '#client/platform/keys.ts'
import { useSentSound } from '../media/useSentSound.ts'
import { useCallControls, type UseCallControlsReturn } from '../media/useCallControls.ts'
import { useProcessors, type UseProcessorsReturn } from '../media/useProcessors.ts'
import { useLines, type UseLinesReturn } from '../words/useLines.ts'
import type { UsePeerOptions } from './usePeer.ts'
import { useScreenShare, type UseScreenShareReturn } from '../media/useScreenShare.ts'
import { useVideoUpgrade, type UseVideoUpgradeReturn } from '../upgrade/useVideoUpgrade.ts'

export interface UseOwnSideReturn extends Pick<
  UsePeerOptions,
  'sent' | 'devices' | 'silenced' | 'waits' | 'localState'
> {
  own: UseCallControlsReturn & UseProcessorsReturn
  sharing: UseScreenShareReturn
  upgrade: UseVideoUpgradeReturn
  lines: UseLinesReturn
  receive(state: PeerState): void
  /** Close every device, and stop sharing. */
  release: () => void
}

/** This side of a call: its devices, its screen, its video upgrade, and what the peer is told of them. */
export function useOwnSide(): UseOwnSideReturn {
  const media = injectAdapter(MEDIA)
  const socket = injectAdapter(SOCKET)
  const lines = useLines()
  const storage = injectAdapter(STORAGE)
  const own = useCallControls(media, storage, lines)
  const processors = useProcessors({
    processors: injectAdapter(TRACK_PROCESSORS),
    storage,
    local: own.local,
    streamOf: (track) => media.streamOf(track),
  })
  const sharing = useScreenShare(media, lines)
  const audio = useSentSound(processors.voice, sharing.local.sound, injectAdapter(SOUND_MIXER))
  const upgrade = useVideoUpgrade({
    say: lines.say,
    toggleCamera: () => {
      own.toggleCamera()
    },
    number: () => Math.round(socket.serverNow()),
  })

  return {
    own: { ...own, ...processors },
    sharing,
    upgrade,
    lines,
    sent: { audio, camera: processors.picture, screen: sharing.local.picture },
    devices: own.local,
    silenced: own.silenced,
    waits: own.waits,
    localState: () => ({ wish: upgrade.local.value }),
    receive(state) {
      upgrade.receive(state.wish)
    },
    release() {
      own.release()
      sharing.local.stop()
    },
  }
}
