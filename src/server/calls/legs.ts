import type { CallPush } from '#shared/protocol/envelope.ts'
import { pushFrame } from '#server/platform/gateway/frames.ts'
import type { LegConnection } from '#server/platform/gateway/handlers.ts'
import { createLegBook } from './legBook.ts'
import { createMailbox } from './mailbox.ts'
import type { UserLeg } from './registry/call.ts'

/** Every tab that is connected, or whose call frames wait for it to come back. */
export interface Legs {
  /** @param received what the tab has handled, when it counts in this life of the server */
  attach(leg: UserLeg, connection: LegConnection, received: number): void
  /** @returns whether the leg has no socket now (a newer one may have taken its place) */
  detach(leg: UserLeg, connection: LegConnection, now: number): boolean
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

export function createLegs(): Legs {
  const book = createLegBook()

  return {
    attach(leg, connection, received) {
      const entry = book.connect(leg, connection)
      if (received > 0) {
        entry.mailbox ??= createMailbox()
        entry.mailbox.continueFrom(received)
      }
      entry.mailbox?.forgetUpTo(received)
      for (const frame of entry.mailbox?.kept ?? []) connection.send(frame)
    },
    detach(leg, connection, now) {
      const entry = book.find(leg)
      if (entry?.connection !== connection) return false
      // It stays in the book: a call may have something for it before it comes back [CA11].
      book.lose(entry, now)
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
      entry.connection?.send(frame)
    },
    connectedOf: (userId) =>
      book
        .of(userId)
        .filter(({ connection }) => connection !== null)
        .map(({ leg }) => leg),
    isConnected: (leg) => (book.find(leg)?.connection ?? null) !== null,
    forget: (now) => {
      book.forget(now)
    },
    get size() {
      return book.size
    },
  }
}
