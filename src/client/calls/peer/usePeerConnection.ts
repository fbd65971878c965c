import { shallowRef, type ShallowRef } from 'vue'
import type { PeerState } from '#shared/protocol/peerState.ts'
import type { PeerConnectionFactory } from '#client/platform/peer/PeerConnectionFactory.ts'
import type { Signal } from '../machine/signal.ts'
import type { Link } from '../machine/state.ts'
import type { IceServer, LegRef } from '../machine/words.ts'
import { createLegSessions, type LegSession } from './legSessions.ts'
import { PeerSession, TRACK_KINDS, type TrackKind } from './PeerSession.ts'
import type { SaidState } from './stateChannel.ts'

export interface UsePeerConnectionOptions {
  createConnection: PeerConnectionFactory
  streamOf: (track: MediaStreamTrack) => MediaStream
  relayOnly: () => boolean
  startBitrateKbps: () => number
  onSignal: (leg: LegRef, signal: Signal) => void
  onLink: (leg: LegRef, link: Link | 'failed') => void
  onState: (leg: LegRef, state: PeerState) => void
}

export interface UsePeerConnectionReturn {
  remoteAudio: Readonly<ShallowRef<MediaStream | null>>
  remoteVideo: Readonly<ShallowRef<MediaStream | null>>
  remoteScreen: Readonly<ShallowRef<MediaStream | null>>
  /** The servers to find a path with, from the server with each call. */
  useIceServers(servers: readonly IceServer[]): void
  open(leg: LegRef, options: { offers: boolean }): void
  signal(leg: LegRef, signal: Signal): void
  /** This leg is the one: send, play and speak here; the others close. */
  adopt(leg: LegRef, options: { offers: boolean }): void
  drop(legId: string): void
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

  const sessions = createLegSessions({
    make,
    onRenewed: (renewed) => {
      if (adopted?.leg.legId === renewed.leg.legId) use(renewed)
    },
  })

  function use(one: LegSession): void {
    adopted = one
    for (const [kind, track] of sending) one.session.replaceTrack(kind, track)
    if (said !== null) one.session.say(said)
    remote.play(one.tracks)
    options.onLink(one.leg, one.session.link)
  }

  function hangUp(): void {
    // What is sent belongs to the devices: in a glare it goes on in the other call [CA8].
    sessions.hangUp()
    adopted = null
    said = null
    iceServers = []
    remote.stop()
  }

  return {
    remoteAudio: remote.audio,
    remoteVideo: remote.video,
    remoteScreen: remote.screen,
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
    wishes: { startBitrateKbps: options.startBitrateKbps() },
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
  return { leg, session, tracks }
}

interface RemoteStreams {
  readonly audio: ShallowRef<MediaStream | null>
  readonly video: ShallowRef<MediaStream | null>
  readonly screen: ShallowRef<MediaStream | null>
  play(tracks: ReadonlyMap<TrackKind, MediaStreamTrack>): void
  stop(): void
}

/** What the peer sends, as streams for the elements that play it. */
function useRemoteStreams(streamOf: (track: MediaStreamTrack) => MediaStream): RemoteStreams {
  const audio = shallowRef<MediaStream | null>(null)
  const video = shallowRef<MediaStream | null>(null)
  const screen = shallowRef<MediaStream | null>(null)

  function show(place: typeof audio, track: MediaStreamTrack | undefined): void {
    // An element that is handed a new stream begins anew: the same track keeps the one it has.
    if (track !== undefined && place.value?.getTracks()[0] === track) return
    place.value = track === undefined ? null : streamOf(track)
  }

  return {
    audio,
    video,
    screen,
    play(tracks) {
      show(audio, tracks.get('audio'))
      show(video, tracks.get('camera'))
      show(screen, tracks.get('screen'))
    },
    stop() {
      audio.value = null
      video.value = null
      screen.value = null
    },
  }
}
