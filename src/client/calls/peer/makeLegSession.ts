import type { LegRef } from '../machine/words.ts'
import type { LegSession } from './legSessions.ts'
import { PeerSession, type PeerSessionEvents, type PeerSessionOptions } from './PeerSession.ts'
import type { TrackKind } from './trackKinds.ts'

export interface LegSessionOptions extends Omit<PeerSessionOptions, 'polite' | 'events'> {
  /** This side makes the connections to that leg. */
  readonly offers: boolean
  readonly events: Omit<PeerSessionEvents, 'onTrack'>
  /** Another track comes in on it. */
  readonly onTracks: (tracks: ReadonlyMap<TrackKind, MediaStreamTrack>) => void
}

/** A connection to one leg, with what comes in on it. */
export function makeLegSession(leg: LegRef, options: LegSessionOptions): LegSession {
  const { offers, events, onTracks, ...rest } = options
  const tracks = new Map<TrackKind, MediaStreamTrack>()
  const session = new PeerSession({
    ...rest,
    polite: !offers,
    events: {
      ...events,
      onTrack(kind, track) {
        tracks.set(kind, track)
        onTracks(tracks)
      },
    },
  })
  return { leg, session, tracks, offers }
}
