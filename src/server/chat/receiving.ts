import type { ConversationId, UserId } from '#shared/ids.ts'
import { inTransaction, type Database } from '#server/platform/database/database.ts'
import type { TakeTurn } from '#server/platform/turns.ts'
import type { Feed } from './feed/feed.ts'
import { findHead, findReceived, type Received } from './feed/feedHeadRepository.ts'
import { receive } from './positions.ts'

/** So many entries are looked at in one turn. */
export const RECEIVED_TOGETHER = 1_000
/** So many conversations are moved on in one turn. */
export const MOVED_TOGETHER = 25
/** One request looks at so many pieces; the next one goes on. */
export const PIECES_MAX = 50

export interface ReceivingOptions {
  db: Database
  feed: Pick<Feed, 'record' | 'announce'>
  takeTurn: TakeTurn
}

/**
 * A device of a user's has everything of the feed up to a pos: the senders learn of it [CH6]. Who was away for
 * long may have acknowledged none of 200,000 entries: what one request leaves, the next one takes.
 */
export function createReceiving(
  options: ReceivingOptions,
): (userId: UserId, pos: number) => Promise<void> {
  const { db, feed, takeTurn } = options

  return async (userId, pos) => {
    const head = await findHead(db, userId)
    if (pos <= head.ackedPos || pos > head.pos) return
    const { upTo, received } = await gather(options, { userId, after: head.ackedPos, upTo: pos })
    // What is written in part is written again: the pos comes with the last of them.
    for (let at = 0; at === 0 || at < received.length; at += MOVED_TOGETHER) {
      if (at > 0) await takeTurn()
      const some = received.slice(at, at + MOVED_TOGETHER)
      const isLast = at + MOVED_TOGETHER >= received.length
      const news = await inTransaction(db, async (trx) =>
        feed.record(
          trx,
          await receive(trx, { userId, received: some, upTo: isLast ? upTo : null }),
        ),
      )
      feed.announce(news)
    }
  }
}

/** How far each conversation has come with these entries, or with as many as are looked at in one request. */
async function gather(
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
