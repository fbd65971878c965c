import type { PeerState } from '#shared/protocol/peerState.ts'
import type { PeerConnectionFactory } from '#client/platform/peer/PeerConnectionFactory.ts'
import type { Signal } from '../machine/signal.ts'
import type { Link } from '../machine/state.ts'
import type { IceServer, LegRef } from '../machine/words.ts'
import { createLegSessions, type LegSession } from './legSessions.ts'
import { PeerSession, TRACK_KINDS, type TrackKind } from './PeerSession.ts'
import { createRecovery, type Recovery } from './recovery.ts'
import {
  useRemoteStreams,
  type RemoteStreams,
  type UseRemoteStreamsReturn,
} from './useRemoteStreams.ts'
import type { SaidState } from './stateChannel.ts'

export interface UsePeerConnectionOptions {
  createConnection: PeerConnectionFactory
  streamOf: (track: MediaStreamTrack) => MediaStream
  relayOnly: () => boolean
  startBitrateKbps: () => number
  /** Names of the video codecs that a chip makes here, the best first. */
  efficientVideo: () => readonly string[]
  onSignal: (leg: LegRef, signal: Signal) => void
  onLink: (leg: LegRef, link: Link | 'failed') => void
  onState: (leg: LegRef, state: PeerState) => void
}

export interface UsePeerConnectionReturn extends RemoteStreams {
  /** The servers to find a path with, from the server with each call. */
  useIceServers(servers: readonly IceServer[]): void
  open(leg: LegRef, options: { offers: boolean }): void
  signal(leg: LegRef, signal: Signal): void
  /** This leg is the one: send, play and speak here; the others close. */
  adopt(leg: LegRef, options: { offers: boolean }): void
  drop(legId: string): void
  /** The network may be another one: look for a path at once where there is none. */
  wake: () => void
  /** What the peer sends does not come: set it going again from this side, once. */
  mend(what: 'sound' | 'picture'): void
  /** It does not come at the peer's: send it anew. */
  sendAgain(what: 'sound' | 'picture'): void
  /** Say that this side hung up, and close everything. */
  hangUp(): void
  /** Send a track from now on; it waits for the adopted leg. */
  sendTrack(kind: TrackKind, track: MediaStreamTrack | null): void
  say(state: SaidState): void
  /** The connection that carries the call, for its statistics; null while there is none. */
  connection(): RTCPeerConnection | null
  /** What sends this on it. */
  sender(kind: TrackKind): RTCRtpSender | undefined
}

/**
 * The connections of one call: to each ringing leg while it rings, to the one that answered
 * afterwards. Tracks go out on the adopted one only, so no one can be heard or seen before [CA17].
 */
export function usePeerConnection(options: UsePeerConnectionOptions): UsePeerConnectionReturn {
  const remote = useRemoteStreams(options.streamOf)
  const sending = new Map<TrackKind, MediaStreamTrack | null>()
  let iceServers: readonly IceServer[] = []
  let adopted: LegSession | null = null
  let said: SaidState | null = null

  function make(leg: LegRef, as: { offers: boolean; generation: number }): LegSession {
    const onTracks = (tracks: LegSession['tracks']): void => {
      if (adopted?.tracks === tracks) remote.play(tracks)
    }
    return createLegSession(leg, { ...options, ...as, iceServers: () => iceServers, onTracks })
  }

  const onRenewed = (renewed: LegSession): void => {
    if (adopted?.leg.legId === renewed.leg.legId) use(renewed)
  }
  const sessions = createLegSessions({ make, onRenewed })
  const recovery = createRecovery({ renew: sessions.renew })

  function use(one: LegSession): void {
    adopted = one
    recovery.watch(one)
    for (const [kind, track] of sending) one.session.replaceTrack(kind, track)
    if (said !== null) one.session.say(said)
    remote.play(one.tracks)
    options.onLink(one.leg, one.session.link)
  }

  // What is sent belongs to the devices: in a glare it goes on in the other call [CA8].
  function hangUp(): void {
    recovery.stop()
    sessions.hangUp()
    remote.stop()
    adopted = said = null
    iceServers = []
  }

  return {
    ...remote.streams,
    useIceServers(servers) {
      iceServers = servers
    },
    open: (leg, as) => void sessions.open(leg, as),
    signal: sessions.signal,
    adopt(leg, as) {
      const one = sessions.open(leg, as)
      sessions.dropOthers(leg.legId)
      use(one)
    },
    drop: sessions.drop,
    wake: recovery.wake,
    ...mendingOf(remote, recovery, () => adopted),
    hangUp,
    connection: () => adopted?.session.connection ?? null,
    sender: (kind) => senderOf(adopted, kind),
    sendTrack(kind, track) {
      sending.set(kind, track)
      adopted?.session.replaceTrack(kind, track)
    },
    say(state) {
      said = state
      adopted?.session.say(state)
    },
  }
}

const mendingOf = (
  remote: UseRemoteStreamsReturn,
  recovery: Recovery,
  adopted: () => LegSession | null,
): Pick<UsePeerConnectionReturn, 'mend' | 'sendAgain'> => ({
  mend(what) {
    if (what === 'sound') recovery.shake()
    else remote.replay('camera')
  },
  sendAgain(what) {
    adopted()?.session.sendAgain(what === 'sound' ? 'audio' : 'camera')
  },
})

const senderOf = (one: LegSession | null, kind: TrackKind): RTCRtpSender | undefined =>
  one?.session.connection?.getTransceivers()[TRACK_KINDS.indexOf(kind)]?.sender

interface LegSessionOptions extends UsePeerConnectionOptions {
  offers: boolean
  generation: number
  /** Asked when the connection is made, which may be later than the session. */
  iceServers: () => readonly IceServer[]
  onTracks: (tracks: ReadonlyMap<TrackKind, MediaStreamTrack>) => void
}

function createLegSession(leg: LegRef, options: LegSessionOptions): LegSession {
  const tracks = new Map<TrackKind, MediaStreamTrack>()
  const session = new PeerSession({
    createConnection: () =>
      options.createConnection({
        iceServers: options.iceServers(),
        relayOnly: options.relayOnly(),
      }),
    polite: !options.offers,
    generation: options.generation,
    wishes: {
      startBitrateKbps: options.startBitrateKbps(),
      efficientVideo: options.efficientVideo(),
    },
    events: {
      onSignal: (signal) => {
        options.onSignal(leg, signal)
      },
      onLink: (link) => {
        options.onLink(leg, link)
      },
      onState: (state) => {
        options.onState(leg, state)
      },
      onTrack: (kind, track) => {
        tracks.set(kind, track)
        options.onTracks(tracks)
      },
    },
  })
  return { leg, session, tracks, offers: options.offers }
}
