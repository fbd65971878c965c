import type { MediaAdapter } from '#client/platform/media/MediaAdapter.ts'
import { injectAdapter, SOUND_MIXER, STORAGE } from '#client/platform/keys.ts'
import { useSentSound } from '../media/useSentSound.ts'
import { useCallControls, type UseCallControlsReturn } from './useCallControls.ts'
import { useLines, type UseLinesReturn } from './useLines.ts'
import type { SentTracks } from './usePeer.ts'
import { useScreenShare, type UseScreenShareReturn } from './useScreenShare.ts'

export interface UseOwnMediaReturn {
  own: UseCallControlsReturn
  sharing: UseScreenShareReturn
  lines: UseLinesReturn
  sent: SentTracks
  /** Close everything, now and whatever still opens. */
  release: () => void
}

/** What this side has to send: microphone and camera, the screen, and the sound of both in one. */
export function useOwnMedia(media: MediaAdapter): UseOwnMediaReturn {
  const own = useCallControls(media, injectAdapter(STORAGE))
  const lines = useLines()
  const sharing = useScreenShare(media, lines)
  const { microphone, camera } = own.local
  const audio = useSentSound(microphone, sharing.local.sound, injectAdapter(SOUND_MIXER))

  return {
    own,
    sharing,
    lines,
    sent: { audio, camera, screen: sharing.local.picture },
    release() {
      own.release()
      sharing.local.stop()
    },
  }
}
