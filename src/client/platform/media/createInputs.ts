import { AppError } from '#shared/errors.ts'
import { cameraChoice, microphoneChoice, type Choice } from './deviceChoice.ts'
import type {
  CameraConstraints,
  MediaAdapter,
  MicrophoneConstraints,
  OpenOptions,
} from './MediaAdapter.ts'
import { mediaFailure } from './mediaFailure.ts'
import { createQuestions, isRefusal, permissionOf, type InputDevice } from './questions.ts'

const INPUTS = ['microphone', 'camera'] as const

type Devices = MediaDevices | undefined

async function open(devices: Devices, constraints: MediaStreamConstraints): Promise<MediaStream> {
  if (devices === undefined) throw new AppError('media/insecure-origin')
  try {
    return await devices.getUserMedia(constraints)
  } catch (cause) {
    throw mediaFailure(cause)
  }
}

/** A chosen device that is gone is replaced by the system's choice, not refused. */
async function openOr(devices: Devices, [chosen, systems]: Choice): Promise<MediaStream> {
  try {
    return await open(devices, chosen)
  } catch (error) {
    if (systems === null || !isGone(error)) throw error
    return open(devices, systems)
  }
}

const isGone = (error: unknown): boolean =>
  error instanceof AppError && error.code === 'media/not-found'

/** Microphone and camera, each for itself or both with one question. */
export function createInputs(
  navigator: Navigator,
  devices: Devices,
): Pick<MediaAdapter, 'openMicrophone' | 'openCamera' | 'openBoth' | 'mustAsk'> {
  const { ask, isFree } = createAsking(navigator)

  async function openOne(
    device: InputDevice,
    choice: Choice,
    { quietly = false }: OpenOptions = {},
  ): Promise<MediaStreamTrack> {
    if (quietly && !(await isFree(device))) throw new AppError('media/permission-denied')
    return trackOf(device, await ask([device], () => openOr(devices, choice)))
  }

  /** Both with one question; null: each for itself, with no more than one question either. */
  function openTogether(
    microphone: MicrophoneConstraints,
    camera: CameraConstraints,
  ): Promise<MediaStream | null> {
    const [voice, systemsVoice] = microphoneChoice(microphone)
    const [picture, systemsPicture] = cameraChoice(camera)
    const isChosen = systemsVoice !== null || systemsPicture !== null
    const both = { ...voice, ...picture }
    return ask(INPUTS, async () => {
      const states = await Promise.all(INPUTS.map((device) => permissionOf(navigator, device)))
      if (states.some((state) => state === 'granted' || state === 'denied')) return null
      return openOr(devices, [
        both,
        isChosen ? { ...both, ...systemsVoice, ...systemsPicture } : null,
      ])
    })
  }

  /** One of the two, after both were asked for. */
  async function oneOf(
    device: InputDevice,
    together: Promise<MediaStream | null>,
    choice: Choice,
  ): Promise<MediaStreamTrack> {
    const stream = await together.catch(async (error: unknown) => {
      // A no is a no to both, and never asked about again by itself. Where the user has allowed one
      // all the same, it was the system that refused the other.
      if (isRefusal(error) && (await permissionOf(navigator, device)) !== 'granted') throw error
      return null
    })
    return stream === null ? openOne(device, choice) : trackOf(device, stream)
  }

  return {
    openMicrophone: (constraints, options) =>
      openOne('microphone', microphoneChoice(constraints), options),
    openCamera: (constraints, options) => openOne('camera', cameraChoice(constraints), options),
    openBoth(microphone, camera) {
      const together = openTogether(microphone, camera)
      return {
        microphone: oneOf('microphone', together, microphoneChoice(microphone)),
        camera: oneOf('camera', together, cameraChoice(camera)),
      }
    },
    mustAsk: async (device) => (await permissionOf(navigator, device)) !== 'granted',
  }
}

/** Requests one question at a time, and what was allowed. */
function createAsking(navigator: Navigator) {
  const questions = createQuestions(navigator)
  /** What the browser said of a permission when the device was last opened. */
  const opened = new Map<InputDevice, PermissionState | null>()

  async function ask<T extends MediaStream | null>(
    asked: readonly InputDevice[],
    request: () => Promise<T>,
  ): Promise<T> {
    const stream = await questions.ask(asked, request)
    if (stream === null) return stream
    for (const device of asked) opened.set(device, await permissionOf(navigator, device))
    return stream
  }

  /**
   * Whether the device can be had without a question. Firefox says `prompt` of what was allowed for
   * this once, also while it lasts; where it was `granted` before, it has been taken back.
   */
  async function isFree(device: InputDevice): Promise<boolean> {
    const state = await permissionOf(navigator, device)
    if (state === 'granted') return true
    return state !== 'denied' && opened.has(device) && opened.get(device) !== 'granted'
  }

  return { ask, isFree }
}

function trackOf(device: InputDevice, stream: MediaStream): MediaStreamTrack {
  const [track] = device === 'camera' ? stream.getVideoTracks() : stream.getAudioTracks()
  if (track === undefined) throw new AppError('media/not-found')
  return track
}
