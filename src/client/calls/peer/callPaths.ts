import type { Signal } from '../machine/signal.ts'
import type { LegRef } from '../machine/words.ts'
import { createLegSessions, type LegSession } from './legSessions.ts'
import { makeLegSession } from './makeLegSession.ts'
import { createRecovery } from './recovery.ts'
import { hasRelay } from './relayServers.ts'
import { Standby } from './Standby.ts'
import type { LocalState } from './stateChannel.ts'
import type { TrackKind } from './trackKinds.ts'
import { firstOptions, standbyOptions, type Wiring } from './wiring.ts'

/** The connections of one call: to each leg that rings, then to the one that answered, and its standby. */
export interface CallPaths {
  /** The connection to the leg that answered, as it was made; null before. */
  adopted: () => LegSession | null
  /** The one on which the call is just now: that, or its standby. */
  carrier: () => LegSession | null
  open: (leg: LegRef, as: { offers: boolean }) => void
  signal: (leg: LegRef, signal: Signal) => void
  /** This leg is the one: send, play and speak here; the others close. */
  adopt: (leg: LegRef, as: { offers: boolean }) => void
  drop: (legId: string) => void
  /** The network may be another one: look for a path at once where there is none. */
  wake: () => void
  /** A device was allowed, so the browser shows real addresses: look for a path by them at once. */
  reveal: () => void
  /** The path stands, and yet what should come on it does not: look for another one, once. */
  shake: () => void
  /** Send a track from now on; it waits for the adopted leg. */
  sendTrack: (kind: TrackKind, track: MediaStreamTrack | null) => void
  say: (state: LocalState) => void
  /** Say that this side hung up, and close everything. */
  hangUp: () => void
}

export interface CallPathsOptions {
  readonly wiring: Wiring
  readonly isPeerSpeaking: () => boolean
  /** The call goes over another connection now. */
  readonly onCarrier: () => void
}

export function createCallPaths({ wiring, onCarrier, ...options }: CallPathsOptions): CallPaths {
  const sending = new Map<TrackKind, MediaStreamTrack | null>()
  let adopted: LegSession | null = null
  let local: LocalState | null = null

  const sessions = createLegSessions({
    make: (leg, as) => makeLegSession(leg, firstOptions(wiring, leg, as)),
    onRenewed(renewed) {
      if (adopted?.leg.legId === renewed.leg.legId) use(renewed)
    },
  })
  const standby = new Standby({
    ...options,
    make: (leg, as) => makeLegSession(leg, standbyOptions(wiring, leg, as)),
    isPossible: () => hasRelay(wiring.iceServers()) && !wiring.relayOnly(),
    onMoved: onCarrier,
  })
  const recovery = createRecovery({ renew: sessions.renew, unheardMs: () => standby.unheardMs })

  function use(one: LegSession): void {
    adopted = one
    recovery.watch(one)
    standby.watch(one)
    for (const [kind, track] of sending) one.session.replaceTrack(kind, track)
    if (local !== null) one.session.say(local)
    onCarrier()
  }

  return {
    adopted: () => adopted,
    carrier: () => standby.carrier ?? adopted,
    open: (leg, as) => void sessions.open(leg, as),
    signal(leg, signal) {
      if (signal.standby === true) standby.signal(leg, signal)
      else sessions.signal(leg, signal)
    },
    adopt(leg, as) {
      const one = sessions.open(leg, as)
      sessions.dropOthers(leg.legId)
      use(one)
    },
    drop: sessions.drop,
    wake: recovery.wake,
    reveal: sessions.renewHidden,
    shake: recovery.shake,
    sendTrack(kind, track) {
      sending.set(kind, track)
      adopted?.session.replaceTrack(kind, track)
      standby.sendTrack(kind, track)
    },
    say(state) {
      local = state
      adopted?.session.say(state)
      standby.say(state)
    },
    hangUp() {
      recovery.stop()
      standby.hangUp()
      sessions.hangUp()
      // What is sent belongs to the devices: in a glare it goes on in the other call [CA8].
      adopted = local = null
    },
  }
}
