import type { AppError } from '#shared/errors.ts'
import type {
  MediaAdapter,
  MediaDevice,
  OpenOptions,
  ScreenCapture,
} from '#client/platform/media/MediaAdapter.ts'
import { asTrack, FakeTrack, fakeStreamOf } from '../peer/FakeTrack.ts'

/** One request for a device that the test grants or refuses when it likes. */
export interface DeviceRequest {
  readonly device: 'microphone' | 'camera'
  readonly constraints: unknown
  readonly isQuiet: boolean
  grant(): FakeTrack
  refuse(error: AppError): void
}

/** The browser asking the user what to share. */
export interface ScreenRequest {
  choose(options?: { hasSound?: boolean }): { picture: FakeTrack; sound: FakeTrack | null }
  chooseNothing(): void
  refuse(error: AppError): void
}

export interface FakeMedia extends MediaAdapter {
  /** Requests that nobody has answered yet. */
  readonly asked: DeviceRequest[]
  readonly screensAsked: ScreenRequest[]
  /** Every track that was ever given out. */
  readonly tracks: FakeTrack[]
  devices: readonly MediaDevice[]
  /** From now on whoever asks is given a track at once. */
  isGenerous: boolean
  plug(devices: readonly MediaDevice[]): void
  /** What would light a lamp now. */
  readonly live: readonly FakeTrack[]
  /** Whether the browser would ask the user before it opens a device. */
  isQuestion: boolean
}

const suppressionOf = (constraints: unknown): boolean | undefined =>
  typeof constraints === 'object' && constraints !== null && 'suppressesNoise' in constraints
    ? constraints.suppressesNoise === true
    : undefined

export function createFakeMedia({ isGenerous = false } = {}): FakeMedia {
  const handlers = new Set<() => void>()
  const asked: DeviceRequest[] = []
  const screensAsked: ScreenRequest[] = []
  const tracks: FakeTrack[] = []

  function ask(
    device: DeviceRequest['device'],
    constraints: unknown,
    { quietly = false }: OpenOptions = {},
  ): Promise<MediaStreamTrack> {
    const answer = Promise.withResolvers<MediaStreamTrack>()
    const request: DeviceRequest = {
      device,
      constraints,
      isQuiet: quietly,
      grant() {
        asked.splice(asked.indexOf(request), 1)
        const track = new FakeTrack(device === 'camera' ? 'video' : 'audio')
        Object.assign(track, nameOf(device, constraints))
        track.noiseSuppression = suppressionOf(constraints)
        tracks.push(track)
        answer.resolve(asTrack(track))
        return track
      },
      refuse(error) {
        asked.splice(asked.indexOf(request), 1)
        answer.reject(error)
      },
    }
    asked.push(request)
    if (media.isGenerous) request.grant()
    return answer.promise
  }

  /** As the browser does: the requested device while it is there, the system's choice otherwise. */
  function nameOf(
    kind: DeviceRequest['device'],
    constraints: unknown,
  ): { deviceId: string; label: string } {
    const requested =
      typeof constraints === 'object' && constraints !== null && 'deviceId' in constraints
        ? constraints.deviceId
        : constraints
    const ofKind = media.devices.filter((one) => one.kind === kind)
    const found = ofKind.find(({ id }) => id === requested) ?? ofKind[0]
    return { deviceId: found?.id ?? 'default', label: found?.label ?? '' }
  }

  function openScreen(): Promise<ScreenCapture | null> {
    const answer = Promise.withResolvers<ScreenCapture | null>()
    screensAsked.push({
      choose({ hasSound = false } = {}) {
        const picture = new FakeTrack('video')
        const sound = hasSound ? new FakeTrack('audio') : null
        tracks.push(picture, ...(sound === null ? [] : [sound]))
        answer.resolve({
          picture: asTrack(picture),
          sound: sound === null ? null : asTrack(sound),
        })
        return { picture, sound }
      },
      chooseNothing() {
        answer.resolve(null)
      },
      refuse(error) {
        answer.reject(error)
      },
    })
    return answer.promise
  }

  const media: FakeMedia = {
    asked,
    screensAsked,
    canShareScreen: true,
    openScreen,
    tracks,
    isGenerous,
    devices: [],
    get live() {
      return tracks.filter(({ readyState }) => readyState === 'live')
    },
    plug(devices) {
      media.devices = devices
      for (const handler of handlers) handler()
    },
    isQuestion: false,
    mustAsk: () => Promise.resolve(media.isQuestion),
    openMicrophone: (constraints, options) => ask('microphone', constraints, options),
    openCamera: (constraints, options) => ask('camera', constraints, options),
    openBoth: (microphone, camera) => ({
      microphone: ask('microphone', microphone),
      camera: ask('camera', camera),
    }),
    listDevices: () => Promise.resolve(media.devices),
    onDevicesChanged(handler) {
      handlers.add(handler)
      return () => void handlers.delete(handler)
    },
    streamOf: fakeStreamOf,
    canChooseSpeaker: true,
    setSpeaker: () => Promise.resolve(),
  }
  return media
}
