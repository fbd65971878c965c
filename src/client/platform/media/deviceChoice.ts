import type { CameraConstraints, MicrophoneConstraints } from './MediaAdapter.ts'

type Constraints = MediaTrackConstraints

/** The browser cleans the voice. Chromium uses a chosen microphone only when it is asked for exactly. */
const audioConstraints = ({ deviceId, suppressesNoise }: MicrophoneConstraints): Constraints => ({
  echoCancellation: true,
  noiseSuppression: suppressesNoise,
  autoGainControl: true,
  ...(deviceId === null ? {} : { deviceId: { exact: deviceId } }),
})

const videoConstraints = ({ deviceId, facing }: CameraConstraints): Constraints => ({
  width: { ideal: 1280 },
  height: { ideal: 720 },
  frameRate: { ideal: 30 },
  ...(deviceId === null ? { facingMode: facing } : { deviceId: { exact: deviceId } }),
})

/** What to ask for first, and what to ask for when that device is gone; null: there is no second choice. */
export type Choice = readonly [MediaStreamConstraints, MediaStreamConstraints | null]

export const microphoneChoice = (constraints: MicrophoneConstraints): Choice => [
  { audio: audioConstraints(constraints) },
  constraints.deviceId === null
    ? null
    : { audio: audioConstraints({ ...constraints, deviceId: null }) },
]

export const cameraChoice = (constraints: CameraConstraints): Choice => [
  { video: videoConstraints(constraints) },
  constraints.deviceId === null
    ? null
    : { video: videoConstraints({ ...constraints, deviceId: null }) },
]
