import { AppError } from '#shared/errors.ts'
import type { CameraWish, MediaAdapter, MediaDevice, MicrophoneWish } from './MediaAdapter.ts'
import { createScreenInput } from './createScreenInput.ts'
import { mediaFailure } from './mediaFailure.ts'

type Constraints = MediaTrackConstraints

/** The browser cleans the voice. Chromium uses a chosen microphone only when it is asked for exactly. */
const audioConstraints = ({ deviceId, suppressesNoise }: MicrophoneWish): Constraints => ({
  echoCancellation: true,
  noiseSuppression: suppressesNoise,
  autoGainControl: true,
  ...(deviceId === null ? {} : { deviceId: { exact: deviceId } }),
})

const videoConstraints = ({ deviceId, facing }: CameraWish): Constraints => ({
  width: { ideal: 1280 },
  height: { ideal: 720 },
  frameRate: { ideal: 30 },
  ...(deviceId === null ? { facingMode: facing } : { deviceId: { exact: deviceId } }),
})

const KINDS: Readonly<Record<MediaDeviceKind, MediaDevice['kind']>> = {
  audioinput: 'microphone',
  videoinput: 'camera',
  audiooutput: 'speaker',
}

/** Without a permission there is no id; and Chromium lists the system's choice as a device, too. */
const isChoice = ({ deviceId }: MediaDeviceInfo): boolean =>
  deviceId !== '' && deviceId !== 'default'

/** `MediaAdapter` over the browser. */
export function createMediaAdapter({ navigator }: Window): MediaAdapter {
  // Missing on an origin that is neither https nor localhost, whatever the types say.
  const devices = navigator.mediaDevices as MediaDevices | undefined

  return {
    ...createInputs(navigator, devices),
    ...createScreenInput(devices),
    async listDevices() {
      const listed = (await devices?.enumerateDevices()) ?? []
      return listed
        .filter(isChoice)
        .map(({ deviceId, label, kind }) => ({ id: deviceId, label, kind: KINDS[kind] }))
    },
    onDevicesChanged(handler) {
      devices?.addEventListener('devicechange', handler)
      return () => devices?.removeEventListener('devicechange', handler)
    },
    streamOf: (track) => new MediaStream([track]),
    canChooseSpeaker: 'setSinkId' in HTMLMediaElement.prototype,
    async setSpeaker(element, deviceId) {
      try {
        await element.setSinkId(deviceId ?? '')
      } catch (cause) {
        throw mediaFailure(cause)
      }
    },
  }
}

/** Microphone and camera, each for itself or both with one question. */
function createInputs(
  navigator: Navigator,
  devices: MediaDevices | undefined,
): Pick<MediaAdapter, 'openMicrophone' | 'openCamera' | 'openBoth'> {
  async function open(constraints: MediaStreamConstraints): Promise<MediaStream> {
    if (devices === undefined) throw new AppError('media/insecure-origin')
    try {
      return await devices.getUserMedia(constraints)
    } catch (cause) {
      throw mediaFailure(cause)
    }
  }

  /** A chosen device that is gone is replaced by the system's choice, not refused. */
  async function openOr(
    chosen: MediaStreamConstraints,
    systems: MediaStreamConstraints | null,
  ): Promise<MediaStream> {
    try {
      return await open(chosen)
    } catch (error) {
      const isGone = error instanceof AppError && error.code === 'media/not-found'
      if (systems === null || !isGone) throw error
      return open(systems)
    }
  }

  async function openMicrophone(wish: MicrophoneWish): Promise<MediaStreamTrack> {
    const systems = { audio: audioConstraints({ ...wish, deviceId: null }) }
    const chosen = { audio: audioConstraints(wish) }
    const stream = await openOr(chosen, wish.deviceId === null ? null : systems)
    return only(stream.getAudioTracks())
  }

  async function openCamera(wish: CameraWish): Promise<MediaStreamTrack> {
    const systems = { video: videoConstraints({ ...wish, deviceId: null }) }
    const chosen = { video: videoConstraints(wish) }
    const stream = await openOr(chosen, wish.deviceId === null ? null : systems)
    return only(stream.getVideoTracks())
  }

  /** Asked together, the user answers once; refused together, each is tried for itself. */
  async function openTogether(
    microphone: MicrophoneWish,
    camera: CameraWish,
  ): Promise<MediaStream | null> {
    if (await isGranted(navigator)) return null
    const both = { audio: audioConstraints(microphone), video: videoConstraints(camera) }
    return open(both).catch(() => null)
  }

  return {
    openMicrophone,
    openCamera,
    openBoth(microphone, camera) {
      const together = openTogether(microphone, camera)
      return {
        microphone: together.then((stream) =>
          stream === null ? openMicrophone(microphone) : only(stream.getAudioTracks()),
        ),
        camera: together.then((stream) =>
          stream === null ? openCamera(camera) : only(stream.getVideoTracks()),
        ),
      }
    },
  }
}

/** Whether neither device needs a question; a browser that can't tell is asked like one that must. */
async function isGranted({ permissions }: Navigator): Promise<boolean> {
  try {
    const states = await Promise.all(
      (['microphone', 'camera'] as const).map((name) => permissions.query({ name })),
    )
    return states.every(({ state }) => state === 'granted')
  } catch {
    // The browser does not know these names.
    return false
  }
}

function only(tracks: readonly MediaStreamTrack[]): MediaStreamTrack {
  const [track] = tracks
  if (track === undefined) throw new AppError('media/not-found')
  return track
}
