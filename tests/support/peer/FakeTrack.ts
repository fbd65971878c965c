import { FakeEventTarget } from './FakeEventTarget.ts'

let count = 0

/** A MediaStreamTrack that nothing feeds: live until it is stopped or its device goes. */
export class FakeTrack extends FakeEventTarget {
  readonly id: string
  readonly kind: 'audio' | 'video'
  enabled = true
  contentHint = ''
  readyState: 'live' | 'ended' = 'live'
  muted = false
  label = ''
  /** Of the device that it comes from. */
  deviceId = ''
  /** What the browser does to it; nobody knows of a picture. */
  noiseSuppression: boolean | undefined

  constructor(kind: 'audio' | 'video') {
    super()
    count += 1
    this.id = `${kind}-${count}`
    this.kind = kind
  }

  getSettings(): MediaTrackSettings {
    const { deviceId, noiseSuppression } = this
    return noiseSuppression === undefined ? { deviceId } : { deviceId, noiseSuppression }
  }

  /** As the system does it: the device is held, or given back. */
  hold(isHeld: boolean): void {
    this.muted = isHeld
    this.fire(isHeld ? 'mute' : 'unmute')
  }

  /** As the page does it: no event (W3C Media Capture 4.3.1). */
  stop(): void {
    this.readyState = 'ended'
  }

  /** As the device does it: pulled out, or taken away by the user. */
  lose(): void {
    if (this.readyState === 'ended') return
    this.readyState = 'ended'
    this.fire('ended')
  }
}

/** For code that wants the browser's own: the fake has every part of it that the product uses. */
export const asTrack = (track: FakeTrack): MediaStreamTrack => track as unknown as MediaStreamTrack

/** A MediaStream of given tracks. */
export function fakeStreamOf(...tracks: readonly MediaStreamTrack[]): MediaStream {
  const stream = {
    getTracks: () => [...tracks],
    getAudioTracks: () => tracks.filter(({ kind }) => kind === 'audio'),
    getVideoTracks: () => tracks.filter(({ kind }) => kind === 'video'),
  }
  return stream as unknown as MediaStream
}
