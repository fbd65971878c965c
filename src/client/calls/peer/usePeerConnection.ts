import type { PeerState } from '#shared/protocol/peerState.ts'
import type { Link } from '../machine/state.ts'
import type { IceServer, LegRef } from '../machine/words.ts'
import { createCallPaths, type CallPaths } from './callPaths.ts'
import { transceiverOf, type TrackKind } from './trackKinds.ts'
import { useRemoteStreams, type RemoteStreams } from './useRemoteStreams.ts'
import type { Wiring } from './wiring.ts'

export interface UsePeerConnectionOptions extends Pick<
  Wiring,
  'createConnection' | 'relayOnly' | 'startBitrateKbps' | 'efficientVideo' | 'onSignal'
> {
  streamOf: (track: MediaStreamTrack) => MediaStream
  onLink: (leg: LegRef, link: Link | 'failed') => void
  onState: (leg: LegRef, state: PeerState) => void
}

export interface UsePeerConnectionReturn
  extends RemoteStreams, Omit<CallPaths, 'adopted' | 'carrier' | 'shake'> {
  /** The servers to find a path with, from the server with each call. */
  useIceServers(servers: readonly IceServer[]): void
  /** What the peer sends does not come: set it going again from this side, once. */
  recover(what: 'sound' | 'picture'): void
  /** It does not come at the peer's: send it anew. */
  sendAgain(what: 'sound' | 'picture'): void
  /** The connection that carries the call, for its statistics; null while there is none. */
  connection(): RTCPeerConnection | null
  /** What sends this on it. */
  sender(kind: TrackKind): RTCRtpSender | undefined
}

/**
 * The connections of one call: to each ringing leg while it rings, to the one that answered
 * afterwards, with a standby where there is a TURN server. Tracks go out on the adopted one only, so
 * no one can be heard or seen before [CA17].
 */
export function usePeerConnection(options: UsePeerConnectionOptions): UsePeerConnectionReturn {
  const remote = useRemoteStreams(options.streamOf)
  let iceServers: readonly IceServer[] = []
  let isPeerSpeaking = false

  const paths = createCallPaths({
    wiring: { ...options, iceServers: () => iceServers, onTracks: play, onLink: report, receive },
    isPeerSpeaking: () => isPeerSpeaking,
    onCarrier() {
      play()
      const adopted = paths.adopted()
      if (adopted !== null) report(adopted.leg, adopted.session.link)
    },
  })

  function play(): void {
    const carrier = paths.carrier()
    if (carrier !== null) remote.play(carrier.tracks)
  }

  function report(leg: LegRef, link: Link | 'failed'): void {
    const isCall = leg.legId === paths.adopted()?.leg.legId
    options.onLink(leg, isCall ? (paths.carrier()?.session.link ?? link) : link)
  }

  function receive(leg: LegRef, state: PeerState, isOnStandby: boolean): void {
    // What is said on both is heard once, in one order: where this side listens.
    const isStale = isOnStandby && paths.carrier() === paths.adopted()
    if (isStale && !state.hungUp) return
    isPeerSpeaking = state.microphone
    options.onState(leg, state)
  }

  return {
    ...remote.streams,
    ...paths,
    useIceServers(servers) {
      iceServers = servers
    },
    recover(what) {
      if (what === 'sound') paths.shake()
      else remote.replay('camera')
    },
    sendAgain(what) {
      paths.carrier()?.session.sendAgain(what === 'sound' ? 'audio' : 'camera')
    },
    hangUp() {
      paths.hangUp()
      remote.stop()
      iceServers = []
      isPeerSpeaking = false
    },
    connection: () => paths.carrier()?.session.connection ?? null,
    sender: (kind) => transceiverOf(paths.carrier()?.session.connection ?? null, kind)?.sender,
  }
}
