import type { Signal } from '../machine/signal.ts'
import type { LegRef } from '../machine/words.ts'
import type { PeerSession, TrackKind } from './PeerSession.ts'

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
  open(leg: LegRef, options: { offers: boolean }): LegSession
  /** Hand a signal to the connection that it is about. Nobody is connected to who was never opened. */
  signal: (leg: LegRef, signal: Signal) => void
  /** Begin anew with a leg that this side offers to. */
  renew: (legId: string) => void
  drop: (legId: string) => void
  dropOthers(legId: string): void
  /** Hang up on all of them, and forget them. */
  hangUp(): void
}

export interface LegSessionsOptions {
  make: (leg: LegRef, options: { offers: boolean; generation: number }) => LegSession
  /** One of the two began anew: this one stands in the place of the one before. */
  onRenewed: (renewed: LegSession) => void
}

export function createLegSessions({ make, onRenewed }: LegSessionsOptions): LegSessions {
  const sessions = new Map<string, LegSession>()
  // Kept when a leg is dropped, so that a new connection to it is known from the old one.
  const generations = new Map<string, number>()

  function begin(leg: LegRef, options: { offers: boolean; generation: number }): LegSession {
    const begun = make(leg, options)
    sessions.set(leg.legId, begun)
    generations.set(leg.legId, options.generation)
    return begun
  }

  function open(leg: LegRef, { offers }: { offers: boolean }): LegSession {
    const known = sessions.get(leg.legId)
    if (known !== undefined) return known
    const generation = (generations.get(leg.legId) ?? 0) + 1
    const opened = begin(leg, { offers, generation })
    if (offers) opened.session.offer()
    return opened
  }

  function replace(
    { leg, session }: LegSession,
    options: { offers: boolean; generation: number },
  ): LegSession {
    session.close()
    const renewed = begin(leg, options)
    if (options.offers) renewed.session.offer()
    onRenewed(renewed)
    return renewed
  }

  function drop(legId: string): void {
    sessions.get(legId)?.session.close()
    sessions.delete(legId)
  }

  return {
    open,
    signal(leg, signal) {
      const known = sessions.get(leg.legId)
      if (known === undefined) return
      const isNew = signal.type === 'offer' && signal.generation > known.session.generation
      // Who offers has begun anew, so its old connection is gone, and ours to it is worth nothing.
      const { session } = isNew
        ? replace(known, { offers: false, generation: signal.generation })
        : known
      session.handle(signal)
    },
    renew(legId) {
      const known = sessions.get(legId)
      if (known === undefined) return
      replace(known, { offers: true, generation: known.session.generation + 1 })
    },
    drop,
    dropOthers(legId) {
      for (const other of [...sessions.keys()]) if (other !== legId) drop(other)
    },
    hangUp() {
      for (const { session } of sessions.values()) session.hangUp()
      sessions.clear()
      generations.clear()
    },
  }
}
