import type { ConversationId, UserId } from '#shared/ids.ts'
import { inTransaction, type Database } from '#server/platform/database/database.ts'
import type { TakeTurn } from '#server/platform/turns.ts'
import { type Feed, findHead, findReceived, type Received } from '#server/feed/index.ts'
import { receive } from '../conversations/positions.ts'

/** How many entries are read in one turn. */
export const RECEIVED_TOGETHER = 1_000
/** How many conversations are updated in one turn. */
export const MOVED_TOGETHER = 25
/** How many such pieces one request reads; the next request continues. */
export const PIECES_MAX = 50

export interface ReceivingOptions {
  db: Database
  feed: Pick<Feed, 'record' | 'announce'>
  takeTurn: TakeTurn
}

/**
 * Tells the senders that a user's device has the feed up to a pos [CH6]. After weeks away 200,000 entries may be
 * unacknowledged: one request handles a part of them, the next one continues.
 */
export function createReceiving(
  options: ReceivingOptions,
): (userId: UserId, pos: number) => Promise<void> {
  const { db, feed, takeTurn } = options

  return async (userId, pos) => {
    const head = await findHead(db, userId)
    if (pos <= head.ackedPos || pos > head.pos) return
    const { upTo, received } = await receivedUpTo(options, {
      userId,
      after: head.ackedPos,
      upTo: pos,
    })
    // The pos is acknowledged with the last piece, so a kill in between repeats work and loses nothing.
    for (let at = 0; at === 0 || at < received.length; at += MOVED_TOGETHER) {
      if (at > 0) await takeTurn()
      const some = received.slice(at, at + MOVED_TOGETHER)
      const isLast = at + MOVED_TOGETHER >= received.length
      const deliveries = await inTransaction(db, async (trx) =>
        feed.record(
          trx,
          await receive(trx, { userId, received: some, upTo: isLast ? upTo : null }),
        ),
      )
      feed.announce(deliveries)
    }
  }
}

/** How far the device is in each conversation with these entries, or as many as one request reads. */
async function receivedUpTo(
  { db, takeTurn }: ReceivingOptions,
  range: { userId: UserId; after: number; upTo: number },
): Promise<{ upTo: number; received: readonly Received[] }> {
  const seqs = new Map<ConversationId, number>()
  let { after } = range
  for (let piece = 0; piece < PIECES_MAX && after < range.upTo; piece += 1) {
    if (piece > 0) await takeTurn()
    const found = await findReceived(db, { ...range, after, count: RECEIVED_TOGETHER })
    for (const { conversationId, seq } of found.received) {
      seqs.set(conversationId, Math.max(seq, seqs.get(conversationId) ?? 0))
    }
    after = found.upTo
  }
  const received = [...seqs].map(([conversationId, seq]) => ({ conversationId, seq }))
  return { upTo: after, received }
}
