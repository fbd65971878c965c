import { tuneSender } from './senderTuning.ts'
import { startSmall } from './startSmall.ts'
import { transceiverOf, type TrackKind } from './trackKinds.ts'

/** The tracks that are to go out on a connection, also while it is not there yet. */
export interface OutgoingTracks {
  /** This is what is to be sent from the next `attach` on; null: nothing. */
  choose(kind: TrackKind, track: MediaStreamTrack | null): void
  /** Send what was chosen last. Where the connection has no place for it so far, nothing happens. */
  attach(kind: TrackKind): Promise<void>
  attachAll(): Promise<void>
  /** Send it once more from its beginning. */
  attachAgain(kind: TrackKind): Promise<void>
  /** The connection ends: nothing that is under way goes on. */
  stop(): void
}

export function createOutgoingTracks(connection: () => RTCPeerConnection | null): OutgoingTracks {
  const tracks = new Map<TrackKind, MediaStreamTrack | null>()
  let stopGrowing = (): void => undefined

  const senderOf = (kind: TrackKind): RTCRtpSender | undefined =>
    transceiverOf(connection(), kind)?.sender

  async function attach(kind: TrackKind): Promise<void> {
    const sender = senderOf(kind)
    const track = tracks.get(kind) ?? null
    if (sender === undefined || sender.track === track) return
    if (kind === 'camera' && sender.track === null) stopGrowing = startSmall(sender)
    if (kind === 'screen') void tuneSender(sender, 'kind', { preference: 'maintain-resolution' })
    await sender.replaceTrack(track)
  }

  return {
    choose(kind, track) {
      tracks.set(kind, track)
    },
    attach,
    async attachAll() {
      for (const kind of tracks.keys()) await attach(kind)
    },
    async attachAgain(kind) {
      await senderOf(kind)?.replaceTrack(null)
      await attach(kind)
    },
    stop() {
      stopGrowing()
    },
  }
}
