import type { CallEffect } from '#client/calls/machine/effects.ts'
import type { CallEvent } from '#client/calls/machine/events.ts'
import type { Signal } from '#client/calls/machine/signal.ts'
import type { LegRef } from '#client/calls/machine/words.ts'
import type { Ether, Said, Session } from './ether.ts'
import { must } from './rules.ts'
import type { VirtualClock } from './virtualClock.ts'

/** An offer that nobody answers is said again. */
const OFFER_REPEAT_MS = 3_000

type EffectOf<T extends CallEffect['type']> = Extract<CallEffect, { type: T }>

export interface PeersOptions {
  readonly ether: Ether
  readonly clock: VirtualClock
  readonly legId: string
  readonly sendSignal: (leg: LegRef, signal: Signal) => void
  /** The call that the tab is in now. */
  readonly callId: () => string | null
  readonly dispatch: (event: CallEvent) => void
}

/** The connections of one tab, played without media: who offers, who answers, what is said on them. */
export interface Peers {
  readonly count: number
  open(effect: EffectOf<'peer/open'>): void
  signal(effect: EffectOf<'peer/signal'>): void
  adopt(effect: EffectOf<'peer/adopt'>): void
  drop(legId: string): void
  /** Say the last word on the data channel, and close. */
  hangUp(): void
  closeAll(): void
  /** The call is on: say so on the adopted connection, whenever it stands. */
  sayAccepted(): void
}

export function createPeers(options: PeersOptions): Peers {
  const { ether, clock, legId, dispatch } = options
  const sessions = new Map<string, Session>()
  let said: Said | null = null
  let adopted: Session | null = null
  let made = 0

  function make(leg: LegRef, offers: boolean): Session {
    made += 1
    const session = ether.add({
      name: `${legId}:${String(made)}`,
      leg,
      hear: (heard) => {
        hear(leg, heard)
      },
      onLink: (link) => {
        const callId = options.callId()
        if (callId !== null) dispatch({ type: 'link/changed', callId, legId: leg.legId, link })
      },
    })
    sessions.set(leg.legId, session)
    if (offers) offer(session)
    return session
  }

  function offer(session: Session): void {
    if (session.isClosed || session.matched !== null) return
    options.sendSignal(session.leg, { type: 'offer', generation: 1, sdp: session.name })
    clock.after(OFFER_REPEAT_MS, () => {
      offer(session)
    })
  }

  function hear(leg: LegRef, { accepted, hungUp }: Said): void {
    const callId = options.callId()
    if (callId === null) return
    if (hungUp) dispatch({ type: 'peer/hung-up', callId, leg, at: clock.now() })
    else if (accepted) dispatch({ type: 'peer/accepted', callId, leg })
  }

  function take(session: Session, signal: Signal): void {
    if (signal.type === 'offer') {
      session.matched = signal.sdp
      const sdp = `${signal.sdp} ${session.name}`
      options.sendSignal(session.leg, { type: 'answer', generation: 1, sdp })
    } else if (signal.type === 'answer') {
      const [ours, theirs = ''] = signal.sdp.split(' ')
      if (ours !== session.name || session.matched !== null) return
      session.matched = theirs
      ether.connect(session, theirs)
    }
  }

  function close(session: Session): void {
    sessions.delete(session.leg.legId)
    ether.close(session)
  }

  function closeAll(): void {
    for (const session of [...sessions.values()]) close(session)
    adopted = null
    said = null
  }

  return {
    get count() {
      return sessions.size
    },
    open({ leg, offers }) {
      must(!sessions.has(leg.legId), 'a leg is connected to once in a call')
      make(leg, offers)
    },
    signal({ leg, signal }) {
      const session = sessions.get(leg.legId)
      if (session !== undefined) take(session, signal)
    },
    adopt({ leg, offers }) {
      const session = sessions.get(leg.legId) ?? make(leg, offers)
      for (const other of [...sessions.values()]) if (other !== session) close(other)
      adopted = session
      if (said !== null) ether.say(session, said)
      session.onLink(session.link)
    },
    drop(legId) {
      const session = sessions.get(legId)
      if (session !== undefined) close(session)
    },
    hangUp() {
      for (const session of sessions.values()) {
        if (session.said !== null) ether.say(session, { ...session.said, hungUp: true })
      }
      closeAll()
    },
    closeAll,
    sayAccepted() {
      said = { accepted: true, hungUp: false }
      if (adopted !== null) ether.say(adopted, said)
    },
  }
}
