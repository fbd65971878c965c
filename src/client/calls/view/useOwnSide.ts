import type { PeerState } from '#shared/protocol/peerState.ts'
import { injectAdapter, MEDIA, SOCKET, SOUND_MIXER, STORAGE } from '#client/platform/keys.ts'
import { useSentSound } from '../media/useSentSound.ts'
import { useCallControls, type UseCallControlsReturn } from './useCallControls.ts'
import { useLines, type UseLinesReturn } from './useLines.ts'
import type { UsePeerOptions } from './usePeer.ts'
import { useScreenShare, type UseScreenShareReturn } from './useScreenShare.ts'
import { useVideoWish, type UseVideoWishReturn } from './useVideoWish.ts'

export interface UseOwnSideReturn extends Pick<UsePeerOptions, 'sent' | 'silenced' | 'said'> {
  own: UseCallControlsReturn
  sharing: UseScreenShareReturn
  wish: UseVideoWishReturn
  lines: UseLinesReturn
  hear(state: PeerState): void
  /** Close every device, and stop sharing. */
  release: () => void
}

/** This side of a call: its devices, its screen, its wishes, and what of them goes to the peer. */
export function useOwnSide(): UseOwnSideReturn {
  const media = injectAdapter(MEDIA)
  const socket = injectAdapter(SOCKET)
  const lines = useLines()
  const own = useCallControls(media, injectAdapter(STORAGE), lines)
  const sharing = useScreenShare(media, lines)
  const { microphone, camera } = own.local
  const audio = useSentSound(microphone, sharing.local.sound, injectAdapter(SOUND_MIXER))
  const wish = useVideoWish({
    say: lines.say,
    toggleCamera: () => {
      own.toggleCamera()
    },
    number: () => Math.round(socket.serverNow()),
  })

  return {
    own,
    sharing,
    wish,
    lines,
    sent: { audio, camera, screen: sharing.local.picture },
    silenced: own.silenced,
    said: () => ({ wish: wish.mine.value }),
    hear(state) {
      wish.hear(state.wish)
    },
    release() {
      own.release()
      sharing.local.stop()
    },
  }
}
