import type { PeerState } from '#shared/protocol/peerState.ts'
import type { PeerConnectionFactory } from '#client/platform/peer/PeerConnectionFactory.ts'
import type { Signal } from '../machine/signal.ts'
import type { Link } from '../machine/state.ts'
import type { IceServer, LegRef } from '../machine/words.ts'
import type { LegSessionOptions } from './makeLegSession.ts'
import type { StandbyMaking } from './Standby.ts'

/** What the connections of a call are made with, and where what happens on them goes. */
export interface Wiring {
  createConnection: PeerConnectionFactory
  relayOnly: () => boolean
  startBitrateKbps: () => number
  /** Names of the video codecs that a chip makes here, the best first. */
  efficientVideo: () => readonly string[]
  onSignal: (leg: LegRef, signal: Signal) => void
  /** Asked when the connection is made, which may be later than the session. */
  iceServers: () => readonly IceServer[]
  /** Other tracks come in. */
  onTracks: () => void
  /** A link has changed. */
  onLink: (leg: LegRef, link: Link | 'failed') => void
  receive: (leg: LegRef, state: PeerState, isOnStandby: boolean) => void
}

interface As {
  readonly offers: boolean
  readonly generation: number
}

/** For the connection of the call to a leg. */
export const firstOptions = (wiring: Wiring, leg: LegRef, as: As): LegSessionOptions =>
  optionsOf(wiring, leg, { ...as, isStandby: false, onState: () => undefined })

/** For one besides it, which goes through TURN only. */
export const standbyOptions = (wiring: Wiring, leg: LegRef, as: StandbyMaking): LegSessionOptions =>
  optionsOf(wiring, leg, { ...as, isStandby: true })

interface Details extends StandbyMaking {
  readonly isStandby: boolean
}

function optionsOf(
  wiring: Wiring,
  leg: LegRef,
  { isStandby, onState, ...as }: Details,
): LegSessionOptions {
  return {
    ...as,
    createConnection: () =>
      wiring.createConnection({
        iceServers: wiring.iceServers(),
        relayOnly: isStandby || wiring.relayOnly(),
      }),
    preferences: {
      startBitrateKbps: wiring.startBitrateKbps(),
      efficientVideo: wiring.efficientVideo(),
    },
    onTracks: wiring.onTracks,
    events: {
      onSignal(signal) {
        wiring.onSignal(leg, isStandby ? { ...signal, standby: true } : signal)
      },
      onLink(link) {
        wiring.onLink(leg, link)
      },
      onState(state) {
        onState(state)
        wiring.receive(leg, state, isStandby)
      },
    },
  }
}
