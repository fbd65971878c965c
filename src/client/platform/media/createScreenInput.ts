import type { MediaAdapter } from './MediaAdapter.ts'
import { mediaFailure } from './mediaFailure.ts'

/** Newer than the DOM types (W3C Screen Capture); a browser that knows none of it ignores it. */
interface ScreenOptions extends DisplayMediaStreamOptions {
  selfBrowserSurface: 'exclude'
  surfaceSwitching: 'include'
  systemAudio: 'exclude'
}

/**
 * Letters matter more than frames. The sound of a tab is shared and not that of the whole machine:
 * the peer's own voice is in that, and would come back to it.
 */
const SCREEN_OPTIONS: ScreenOptions = {
  video: { frameRate: { ideal: 15, max: 30 } },
  audio: { echoCancellation: false, noiseSuppression: false, autoGainControl: false },
  selfBrowserSurface: 'exclude',
  surfaceSwitching: 'include',
  systemAudio: 'exclude',
}

/** Chromium's words where it is the system that refuses, as macOS does. */
const BY_SYSTEM = /system/i

/** The part of `MediaAdapter` that captures screens. */
export function createScreenInput(
  devices: MediaDevices | undefined,
): Pick<MediaAdapter, 'canShareScreen' | 'openScreen'> {
  const canShareScreen = devices !== undefined && 'getDisplayMedia' in devices

  return {
    canShareScreen,
    async openScreen() {
      if (!canShareScreen) return null
      try {
        const stream = await devices.getDisplayMedia(SCREEN_OPTIONS)
        const [picture] = stream.getVideoTracks()
        const [sound = null] = stream.getAudioTracks()
        return picture === undefined ? null : { picture, sound }
      } catch (cause) {
        if (isChangeOfMind(cause)) return null
        throw mediaFailure(cause)
      }
    },
  }
}

const isChangeOfMind = (cause: unknown): boolean =>
  cause instanceof Error && cause.name === 'NotAllowedError' && !BY_SYSTEM.test(cause.message)
