import { shallowRef, type ShallowRef } from 'vue'
import type { AppError } from '#shared/errors.ts'
import type {
  CameraWish,
  MediaAdapter,
  MicrophoneWish,
} from '#client/platform/media/MediaAdapter.ts'
import { createLocalTrack, type LocalTrack, type LocalTrackOptions } from './localTrack.ts'

type Device = 'microphone' | 'camera'

export interface UseLocalMediaOptions {
  media: MediaAdapter
  microphoneWish: () => MicrophoneWish
  cameraId: () => string | null
  onFailure: (device: Device, error: AppError) => void
  /** The device went away by itself. */
  onLost: (device: Device) => void
}

export interface UseLocalMediaReturn {
  microphone: Readonly<ShallowRef<MediaStreamTrack | null>>
  camera: Readonly<ShallowRef<MediaStreamTrack | null>>
  /** Open what a call of this kind needs; each track is there when it is there. */
  open(kind: 'audio' | 'video', options: { muted: boolean }): void
  /** A muted microphone stays open, so that unmuting takes no time. */
  setMicrophoneEnabled(enabled: boolean): void
  openMicrophone(): void
  /** Close it first: of a microphone that is open Chromium gives another track just like the first. */
  reopenMicrophone(): void
  openCamera(): void
  /** Off means off: the light goes out. */
  closeCamera(): void
  flipCamera(): void
  /** A device is open or on its way: a call is on. */
  isOpen(): boolean
  /** Close everything, now and whatever still opens. */
  release(): void
}

/** Microphone and camera of this side of a call. */
export function useLocalMedia(options: UseLocalMediaOptions): UseLocalMediaReturn {
  const { media, microphoneWish, cameraId } = options
  const microphone = shallowRef<MediaStreamTrack | null>(null)
  const camera = shallowRef<MediaStreamTrack | null>(null)
  let isEnabled = true
  let facing: CameraWish['facing'] = 'user'

  const voice = createPlace('microphone', options, (track) => {
    if (track !== null) track.enabled = isEnabled
    microphone.value = track
  })
  const picture = createPlace('camera', options, (track) => {
    // Faces move: frames matter more than sharp edges (research 3.11).
    if (track !== null) track.contentHint = 'motion'
    camera.value = track
  })

  const wish = (): CameraWish => ({ deviceId: cameraId(), facing })

  function setMicrophoneEnabled(enabled: boolean): void {
    isEnabled = enabled
    if (microphone.value !== null) microphone.value.enabled = enabled
  }

  function openMicrophone(): void {
    voice.fill(media.openMicrophone(microphoneWish()))
  }

  function openCamera(): void {
    picture.fill(media.openCamera(wish()))
  }

  return {
    microphone,
    camera,
    open(kind, { muted }) {
      setMicrophoneEnabled(!muted)
      // Glare: what was opened for the one call goes on in the other.
      const needsVoice = !voice.isFilled
      const needsPicture = kind === 'video' && !picture.isFilled
      if (needsVoice && needsPicture) {
        fillBoth(voice, picture, media.openBoth(microphoneWish(), wish()))
      } else if (needsVoice) openMicrophone()
      else if (needsPicture) openCamera()
    },
    setMicrophoneEnabled,
    openMicrophone,
    reopenMicrophone() {
      voice.empty()
      openMicrophone()
    },
    openCamera,
    closeCamera() {
      picture.empty()
    },
    flipCamera() {
      facing = facing === 'user' ? 'environment' : 'user'
      openCamera()
    },
    isOpen: () => voice.isFilled || picture.isFilled,
    release() {
      voice.empty()
      picture.empty()
      facing = 'user'
    },
  }
}

function fillBoth(
  voice: LocalTrack,
  picture: LocalTrack,
  opening: ReturnType<MediaAdapter['openBoth']>,
): void {
  voice.fill(opening.microphone)
  picture.fill(opening.camera)
}

const createPlace = (
  device: Device,
  { onFailure, onLost }: UseLocalMediaOptions,
  onTrack: LocalTrackOptions['onTrack'],
): LocalTrack =>
  createLocalTrack({
    onTrack,
    onFailure: (error) => {
      onFailure(device, error)
    },
    onLost: () => {
      onLost(device)
    },
  })
