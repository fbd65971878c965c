import { shallowRef, type ShallowRef } from 'vue'
import type { AppError } from '#shared/errors.ts'
import type {
  CameraConstraints,
  MediaAdapter,
  MicrophoneConstraints,
  OpenOptions,
} from '#client/platform/media/MediaAdapter.ts'
import { createLocalTrack, type LocalTrack, type LocalTrackOptions } from './localTrack.ts'

type Device = 'microphone' | 'camera'

export interface UseLocalMediaOptions {
  media: MediaAdapter
  microphoneConstraints: () => MicrophoneConstraints
  cameraId: () => string | null
  onFailure: (device: Device, error: AppError) => void
  /** The device disconnected by itself. */
  onLost: (device: Device) => void
}

export interface UseLocalMediaReturn {
  microphone: Readonly<ShallowRef<MediaStreamTrack | null>>
  camera: Readonly<ShallowRef<MediaStreamTrack | null>>
  /** Being opened: there is no track yet, or the old one goes on until the new one is there. */
  opening: Readonly<Record<Device, Readonly<ShallowRef<boolean>>>>
  /** Open the devices that a call of this kind needs; each track is used as soon as it arrives. */
  open(kind: 'audio' | 'video', options: { muted: boolean }): void
  /** A muted microphone stays open, so that unmuting takes no time. */
  setMicrophoneEnabled(enabled: boolean): void
  openMicrophone(options?: OpenOptions): void
  /** Close it first: for an open microphone Chromium returns another track with the old settings. */
  reopenMicrophone(): void
  openCamera(options?: OpenOptions): void
  /** Off means off: the camera light goes out. */
  closeCamera(): void
  flipCamera(): void
  /** A device is open or being opened: there is a call. */
  isOpen(): boolean
  /** Close everything, also what is still being opened. */
  release(): void
}

/** Microphone and camera of this side of a call. */
export function useLocalMedia(options: UseLocalMediaOptions): UseLocalMediaReturn {
  const { media, microphoneConstraints, cameraId } = options
  const microphone = shallowRef<MediaStreamTrack | null>(null)
  const camera = shallowRef<MediaStreamTrack | null>(null)
  let isEnabled = true
  const cameraConstraints = createCameraConstraints(cameraId)

  const opening = { microphone: shallowRef(false), camera: shallowRef(false) }

  const voice = createPlace('microphone', { ...options, opening }, (track) => {
    if (track !== null) track.enabled = isEnabled
    microphone.value = track
  })
  const picture = createPlace('camera', { ...options, opening }, (track) => {
    // Faces move: smooth motion matters more than sharp edges.
    if (track !== null) track.contentHint = 'motion'
    camera.value = track
  })

  function setMicrophoneEnabled(enabled: boolean): void {
    isEnabled = enabled
    if (microphone.value !== null) microphone.value.enabled = enabled
  }

  function openMicrophone(how?: OpenOptions): void {
    voice.fill(media.openMicrophone(microphoneConstraints(), how))
  }

  function openCamera(how?: OpenOptions): void {
    picture.fill(media.openCamera(cameraConstraints.read(), how))
  }

  return {
    microphone,
    camera,
    opening,
    open(kind, { muted }) {
      setMicrophoneEnabled(!muted)
      // Glare: media opened for one call goes on in the other.
      const needsVoice = !voice.isFilled
      const needsPicture = kind === 'video' && !picture.isFilled
      if (needsVoice && needsPicture) {
        fillBoth(voice, picture, media.openBoth(microphoneConstraints(), cameraConstraints.read()))
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
      cameraConstraints.flip()
      openCamera()
    },
    isOpen: () => voice.isFilled || picture.isFilled,
    release() {
      voice.empty()
      picture.empty()
      cameraConstraints.reset()
    },
  }
}

/** Which camera to open: the chosen one, or one that faces this way. */
function createCameraConstraints(cameraId: () => string | null) {
  let facing: CameraConstraints['facing'] = 'user'
  return {
    read: (): CameraConstraints => ({ deviceId: cameraId(), facing }),
    flip(): void {
      facing = facing === 'user' ? 'environment' : 'user'
    },
    reset(): void {
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

interface PlaceOptions extends Pick<UseLocalMediaOptions, 'onFailure' | 'onLost'> {
  opening: Readonly<Record<Device, ShallowRef<boolean>>>
}

const createPlace = (
  device: Device,
  { onFailure, onLost, opening }: PlaceOptions,
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
    onOpening: (isOpening) => {
      opening[device].value = isOpening
    },
  })
