import { LEG_GRACE_MS } from '#shared/limits.ts'
import type { CallPush } from '#shared/protocol/envelope.ts'
import { pushFrame } from '#server/platform/gateway/frames.ts'
import type { LegLink } from '#server/platform/gateway/handlers.ts'
import { createMailbox, type Mailbox } from './mailbox.ts'
import type { UserLeg } from './registry/call.ts'

/** Every tab that is connected, or whose call frames wait for it to come back. */
export interface Legs {
  /** @param received what the tab has handled, when it counts in this life of the server */
  attach(leg: UserLeg, link: LegLink, received: number): void
  /** @returns whether the leg has no socket now (a newer one may have taken its place) */
  detach(leg: UserLeg, link: LegLink, now: number): boolean
  acknowledge(leg: UserLeg, n: number): void
  sentTo(leg: UserLeg): number
  /** Send a call frame, or keep it for a leg whose socket is lost. */
  push(to: UserLeg, push: CallPush): void
  /** The tabs of a user that are connected now. */
  connectedOf(userId: string): readonly UserLeg[]
  isConnected(leg: UserLeg): boolean
  /** Forget the tabs that have been gone for longer than any grace. */
  forget(now: number): void
  readonly size: number
}

interface Entry {
  readonly leg: UserLeg
  mailbox: Mailbox | null
  link: LegLink | null
  lostAt: number
}

/** Every known tab, by its user. */
interface LegBook {
  find(leg: UserLeg): Entry | undefined
  findOrAdd(leg: UserLeg): Entry
  remove(leg: UserLeg): void
  of(userId: string): readonly Entry[]
  all(): readonly Entry[]
}

/** A user has a few tabs and a server very many users: short lists take less memory than maps. */
function createLegBook(): LegBook {
  const byUser = new Map<string, Entry[]>()
  const of = (userId: string): readonly Entry[] => byUser.get(userId) ?? []
  const find = ({ userId, legId }: UserLeg): Entry | undefined =>
    byUser.get(userId)?.find(({ leg }) => leg.legId === legId)
  return {
    find,
    findOrAdd(leg) {
      const known = find(leg)
      if (known !== undefined) return known
      const entry: Entry = { leg, mailbox: null, link: null, lostAt: 0 }
      const own = byUser.get(leg.userId)
      byUser.set(leg.userId, own === undefined ? [entry] : [...own, entry])
      return entry
    },
    remove({ userId, legId }) {
      const left = of(userId).filter(({ leg }) => leg.legId !== legId)
      if (left.length === 0) byUser.delete(userId)
      else byUser.set(userId, left)
    },
    of,
    all: () => [...byUser.values()].flat(),
  }
}

export function createLegs(): Legs {
  const book = createLegBook()

  return {
    attach(leg, link, received) {
      const entry = book.findOrAdd(leg)
      entry.link = link
      if (received > 0) {
        entry.mailbox ??= createMailbox()
        entry.mailbox.continueFrom(received)
      }
      entry.mailbox?.forgetUpTo(received)
      for (const frame of entry.mailbox?.kept ?? []) link.send(frame)
    },
    detach(leg, link, now) {
      const entry = book.find(leg)
      if (entry?.link !== link) return false
      entry.link = null
      // It stays in the book: a call may have something for it before it comes back [CA11].
      entry.lostAt = now
      return true
    },
    acknowledge(leg, n) {
      book.find(leg)?.mailbox?.forgetUpTo(n)
    },
    sentTo: (leg) => book.find(leg)?.mailbox?.last ?? 0,
    push(to, push) {
      const entry = book.find(to)
      if (entry === undefined) return
      entry.mailbox ??= createMailbox()
      const frame = entry.mailbox.add((n) => pushFrame(push, n))
      entry.link?.send(frame)
    },
    connectedOf: (userId) =>
      book
        .of(userId)
        .filter(({ link }) => link !== null)
        .map(({ leg }) => leg),
    isConnected: (leg) => (book.find(leg)?.link ?? null) !== null,
    forget(now) {
      for (const { link, lostAt, leg } of book.all()) {
        if (link === null && lostAt < now - 2 * LEG_GRACE_MS) book.remove(leg)
      }
    },
    get size() {
      return book.all().length
    },
  }
}
