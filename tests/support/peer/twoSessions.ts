import type { PeerState } from '#shared/protocol/peerState.ts'
import type { Signal } from '#client/calls/machine/signal.ts'
import type { Link } from '#client/calls/machine/state.ts'
import { PeerSession } from '#client/calls/peer/PeerSession.ts'
import type { LocalState } from '#client/calls/peer/stateChannel.ts'
import type { TrackKind } from '#client/calls/peer/trackKinds.ts'
import { createFakeNetwork, type FakeNetwork } from './fakeNetwork.ts'
import { asConnection, FakePeerConnection } from './FakePeerConnection.ts'

/** One side of a connection, and everything it has said. */
export interface Side {
  readonly session: PeerSession
  readonly connections: FakePeerConnection[]
  /** The connection, once it began. */
  readonly connection: FakePeerConnection
  readonly sent: Signal[]
  readonly links: (Link | 'failed')[]
  readonly heard: PeerState[]
  readonly tracks: Map<TrackKind, MediaStreamTrack>
  /** Which of its signals arrive, and how often; all of them, once, if nothing else is said. */
  fate: (signal: Signal) => number
  /** What this side is sent waits here while `isHolding`. */
  readonly held: Signal[]
  isHolding: boolean
  /** Hand over what waits, in this order. */
  release(order?: (held: readonly Signal[]) => readonly Signal[]): void
}

export interface TwoSessions {
  readonly network: FakeNetwork
  readonly caller: Side
  readonly callee: Side
}

export const SPEAKING: LocalState = {
  accepted: true,
  hungUp: false,
  microphone: true,
  camera: false,
  screen: false,
}

/** Caller and callee on two fakes, their signals in a pipe that the test controls. */
export function createTwoSessions(): TwoSessions {
  const network = createFakeNetwork()
  const caller: Side = createSide(network, { polite: false, other: () => callee })
  const callee: Side = createSide(network, { polite: true, other: () => caller })
  return { network, caller, callee }
}

function createSide(
  network: FakeNetwork,
  { polite, other }: { polite: boolean; other: () => Side },
): Side {
  const connections: FakePeerConnection[] = []
  const held: Signal[] = []
  const links: Side['links'] = []
  const heard: PeerState[] = []
  const sent: Signal[] = []
  const tracks = new Map<TrackKind, MediaStreamTrack>()

  function send(signal: Signal): void {
    sent.push(signal)
    for (let copy = side.fate(signal); copy > 0; copy -= 1) receive(other(), signal)
  }

  const session = new PeerSession({
    createConnection: () => {
      const connection = new FakePeerConnection(network)
      connections.push(connection)
      return asConnection(connection)
    },
    polite,
    generation: 1,
    preferences: { startBitrateKbps: 2_000, efficientVideo: [] },
    events: {
      onSignal: send,
      onLink: (link) => links.push(link),
      onState: (state) => heard.push(state),
      onTrack: (kind, track) => tracks.set(kind, track),
    },
  })

  const side: Side = {
    session,
    connections,
    get connection() {
      const [connection] = connections
      if (connection === undefined) throw new Error('no connection yet')
      return connection
    },
    sent,
    links,
    heard,
    tracks,
    held,
    isHolding: false,
    fate: () => 1,
    release(order = (all) => all) {
      side.isHolding = false
      for (const signal of order(held.splice(0))) session.handle(signal)
    },
  }
  return side
}

function receive(side: Side, signal: Signal): void {
  if (side.isHolding) side.held.push(signal)
  else side.session.handle(signal)
}
