import type { AppError } from '#shared/errors.ts'
import type { MediaAdapter, MediaDevice } from '#client/platform/media/MediaAdapter.ts'
import { asTrack, FakeTrack, fakeStreamOf } from '../peer/FakeTrack.ts'

/** One request for a device that the test grants or refuses when it likes. */
export interface DeviceRequest {
  readonly device: 'microphone' | 'camera'
  readonly wish: unknown
  grant(): FakeTrack
  refuse(error: AppError): void
}

export interface FakeMedia extends MediaAdapter {
  /** Requests that nobody has answered yet. */
  readonly asked: DeviceRequest[]
  /** Every track that was ever given out. */
  readonly tracks: FakeTrack[]
  devices: readonly MediaDevice[]
  /** From now on whoever asks is given a track at once. */
  isGenerous: boolean
  plug(devices: readonly MediaDevice[]): void
  /** What would light a lamp now. */
  readonly live: readonly FakeTrack[]
}

export function createFakeMedia({ isGenerous = false } = {}): FakeMedia {
  const handlers = new Set<() => void>()
  const asked: DeviceRequest[] = []
  const tracks: FakeTrack[] = []

  function ask(device: DeviceRequest['device'], wish: unknown): Promise<MediaStreamTrack> {
    const answer = Promise.withResolvers<MediaStreamTrack>()
    const request: DeviceRequest = {
      device,
      wish,
      grant() {
        asked.splice(asked.indexOf(request), 1)
        const track = new FakeTrack(device === 'camera' ? 'video' : 'audio')
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

  const media: FakeMedia = {
    asked,
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
    openMicrophone: (deviceId) => ask('microphone', deviceId),
    openCamera: (wish) => ask('camera', wish),
    openBoth: (deviceId, wish) => ({
      microphone: ask('microphone', deviceId),
      camera: ask('camera', wish),
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
