import type { CameraWish, MicrophoneWish } from './MediaAdapter.ts'

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

/** What is wished, and what will do where that is gone; null: nothing else was wished. */
export type Choice = readonly [MediaStreamConstraints, MediaStreamConstraints | null]

export const microphoneChoice = (wish: MicrophoneWish): Choice => [
  { audio: audioConstraints(wish) },
  wish.deviceId === null ? null : { audio: audioConstraints({ ...wish, deviceId: null }) },
]

export const cameraChoice = (wish: CameraWish): Choice => [
  { video: videoConstraints(wish) },
  wish.deviceId === null ? null : { video: videoConstraints({ ...wish, deviceId: null }) },
]
