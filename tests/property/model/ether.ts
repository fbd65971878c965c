import type { Link } from '#client/calls/machine/state.ts'
import type { LegRef } from '#client/calls/machine/words.ts'
import type { Chance } from './chance.ts'
import type { Network } from './network.ts'
import type { VirtualClock } from './virtualClock.ts'

/** What a side says on the data channel, without microphone and camera. */
export interface Said {
  readonly accepted: boolean
  readonly hungUp: boolean
}

/** One side of one connection. What its SDP says is only its name. */
export interface Session {
  readonly name: string
  readonly leg: LegRef
  readonly hear: (said: Said) => void
  readonly onLink: (link: Link | 'failed') => void
  link: Link | 'failed'
  /** The name of the other side, once one has answered the other. */
  matched: string | null
  remote: Session | null
  isClosed: boolean
  said: Said | null
  spoken: number
  heard: number
}

/** Where media packets go: every connection of a world. */
export interface Ether {
  readonly sessions: Map<string, Session>
  /** Of a hundred connections so many find a path. */
  pathPercent: number
  add(session: Pick<Session, 'name' | 'leg' | 'hear' | 'onLink'>): Session
  /** The offering side has the answer: try to find a path. */
  connect(offering: Session, answering: string): void
  say(session: Session, said: Said): void
  close(session: Session): void
}

const CONNECT_MAX_MS = 400
/** How long until a side notices that the other one is gone without a word. */
const NOTICE_MS = 6_000
const REPEATS_MS = [250, 1_000, 3_000]

export function createEther(clock: VirtualClock, network: Network, chance: Chance): Ether {
  const sessions = new Map<string, Session>()

  function setLink(session: Session, link: Link | 'failed'): void {
    if (session.isClosed) return
    session.link = link
    session.onLink(link)
  }

  function join(one: Session, other: Session): void {
    if (one.isClosed || other.isClosed || other.matched !== one.name) return
    one.remote = other
    other.remote = one
    setLink(one, 'connected')
    setLink(other, 'connected')
    for (const side of [one, other]) if (side.said !== null) say(side, side.said)
  }

  function transmit(from: Session, said: Said): void {
    const { remote } = from
    if (remote === null) return
    from.spoken += 1
    const n = from.spoken
    network.carry(() => {
      if (remote.isClosed || remote.remote !== from || n <= remote.heard) return
      remote.heard = n
      remote.hear(said)
    })
  }

  function say(session: Session, said: Said): void {
    session.said = said
    transmit(session, said)
    for (const ms of REPEATS_MS) {
      clock.after(ms, () => {
        if (session.said === said && !session.isClosed) transmit(session, said)
      })
    }
  }

  return {
    sessions,
    pathPercent: 100,
    add(parts) {
      const session: Session = {
        ...parts,
        link: 'connecting',
        matched: null,
        remote: null,
        isClosed: false,
        said: null,
        spoken: 0,
        heard: 0,
      }
      sessions.set(session.name, session)
      return session
    },
    connect(offering, answering) {
      const other = sessions.get(answering)
      if (other === undefined || !chance.percent(this.pathPercent)) return
      clock.after(chance.below(CONNECT_MAX_MS), () => {
        join(offering, other)
      })
    },
    say,
    close(session) {
      session.isClosed = true
      sessions.delete(session.name)
      const { remote } = session
      if (remote === null) return
      clock.after(NOTICE_MS, () => {
        if (remote.remote === session) setLink(remote, 'failed')
      })
    },
  }
}
