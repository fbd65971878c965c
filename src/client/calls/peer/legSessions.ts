import type { Signal } from '../machine/signal.ts'
import type { LegRef } from '../machine/words.ts'
import type { PeerSession } from './PeerSession.ts'
import type { TrackKind } from './trackKinds.ts'

/** The connection to one leg of the peer, and what comes in on it. */
export interface LegSession {
  readonly leg: LegRef
  readonly session: PeerSession
  /** This side makes the connections to that leg: the caller's. */
  readonly offers: boolean
  readonly tracks: ReadonlyMap<TrackKind, MediaStreamTrack>
}

/** The connections of one call, one a leg of the peer. */
export interface LegSessions {
  /** The connection to this leg; begun when there is none. */
  open: (leg: LegRef, options: { offers: boolean }) => LegSession
  /** Hand a signal to the connection that it is about. Nobody is connected to who was never opened. */
  signal: (leg: LegRef, signal: Signal) => void
  /** Start over with a leg. */
  renew: (legId: string) => void
  /** Start over where nothing is connected and this side has only shown names for its addresses. */
  renewHidden: () => void
  drop: (legId: string) => void
  dropOthers: (legId: string) => void
  /** Hang up on all of them, and forget them. */
  hangUp: () => void
}

interface MakeOptions {
  readonly offers: boolean
  readonly generation: number
}

export interface LegSessionsOptions {
  make: (leg: LegRef, options: MakeOptions) => LegSession
  /** One of the two began anew: this one stands in the place of the one before. */
  onRenewed: (renewed: LegSession) => void
}

export function createLegSessions({ make, onRenewed }: LegSessionsOptions): LegSessions {
  const held = createHeld(make)

  function replace({ leg, session }: LegSession, options: MakeOptions): LegSession {
    session.close()
    const renewed = held.begin(leg, options)
    if (options.offers) renewed.session.offer()
    onRenewed(renewed)
    return renewed
  }

  function renew(legId: string): void {
    const known = held.find(legId)
    if (known === undefined) return
    replace(known, { offers: true, generation: known.session.generation + 1 })
  }

  return {
    open: held.open,
    signal(leg, signal) {
      const known = held.find(leg.legId)
      if (known === undefined) return
      const isNew = signal.type === 'offer' && signal.generation > known.session.generation
      const crosses = isCrossing(known, signal)
      if (crosses && held.isLed(leg.legId)) return
      // Who offers has started over, so its old connection is gone, and ours to it is worth nothing.
      const { session } =
        isNew || crosses ? replace(known, { offers: false, generation: signal.generation }) : known
      session.handle(signal)
    },
    renew,
    renewHidden() {
      for (const { leg, session } of held.all()) {
        const isSought = session.link !== 'connected' && session.hidesAddress
        if (isSought) renew(leg.legId)
      }
    },
    drop: held.drop,
    dropOthers(legId) {
      for (const { leg } of held.all()) if (leg.legId !== legId) held.drop(leg.legId)
    },
    hangUp: held.hangUp,
  }
}

/** The connections as they stand, and what is remembered of those before them. */
function createHeld(make: LegSessionsOptions['make']) {
  const sessions = new Map<string, LegSession>()
  // Kept when a leg is dropped, so that a new connection to it is known from the old one.
  const generations = new Map<string, number>()
  /** Legs to which this side has made the first connection: the caller's side has. */
  const led = new Set<string>()

  /** In the place of the one before, if there was one. */
  function begin(leg: LegRef, options: MakeOptions): LegSession {
    const begun = make(leg, options)
    sessions.set(leg.legId, begun)
    generations.set(leg.legId, options.generation)
    return begun
  }

  function open(leg: LegRef, { offers }: { offers: boolean }): LegSession {
    const known = sessions.get(leg.legId)
    if (known !== undefined) return known
    const generation = (generations.get(leg.legId) ?? 0) + 1
    if (offers) led.add(leg.legId)
    const opened = begin(leg, { offers, generation })
    if (offers) opened.session.offer()
    return opened
  }

  function drop(legId: string): void {
    sessions.get(legId)?.session.close()
    sessions.delete(legId)
  }

  function hangUp(): void {
    for (const { session } of sessions.values()) session.hangUp()
    sessions.clear()
    generations.clear()
    led.clear()
  }

  return {
    begin,
    open,
    drop,
    hangUp,
    find: (legId: string): LegSession | undefined => sessions.get(legId),
    /** As they are now, whatever is begun or dropped meanwhile. */
    all: (): readonly LegSession[] => [...sessions.values()],
    isLed: (legId: string): boolean => led.has(legId),
  }
}

/** Both have started over at once, under the same number: the caller's counts. */
function isCrossing({ offers, session }: LegSession, signal: Signal): boolean {
  const isSame = signal.type === 'offer' && signal.generation === session.generation
  return isSame && offers && session.connection?.remoteDescription === null
}
