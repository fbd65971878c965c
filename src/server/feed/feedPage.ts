import type { UserId } from '#shared/ids.ts'
import { FEED_PAGE, FEED_PAGE_CHARS } from '#shared/limits.ts'
import type { FeedItem, FeedPage } from '#shared/protocol/feed.ts'
import type { Database } from '#server/platform/database/database.ts'
import { piecesOf, type TakeTurn } from '#server/platform/turns.ts'
import { findHead } from './feedHeadRepository.ts'
import type { FeedMessages } from './feedMessages.ts'
import { findRows, itemsOf, type FeedRow } from './feedRepository.ts'
import { isLong } from './sharedEntryRepository.ts'

/** How many long entries are read in one turn: each may be a group of 500. */
export const LONG_TOGETHER = 2

const weightOf = ({ entry }: FeedRow): number => Number(isLong(entry))

export interface FeedPageOptions {
  db: Database
  takeTurn: TakeTurn
  messages: FeedMessages
}

/** The entries after a pos. Reads no more than one frame should carry, a few in each turn. */
export async function findFeedPage(
  { db, takeTurn, messages }: FeedPageOptions,
  userId: UserId,
  after: number,
): Promise<FeedPage> {
  const reset = async (): Promise<FeedPage> => {
    return { status: 'reset', pos: (await findHead(db, userId)).pos }
  }
  // One more than a page tells whether there is more.
  const rows = await findRows(db, { userId, after, count: FEED_PAGE + 1 })
  const next = rows[0]?.pos
  // Entries are gone, or the database is an older one than the client knows.
  const isBroken =
    next === undefined ? after !== (await findHead(db, userId)).pos : next !== after + 1
  if (isBroken) return reset()
  const items: FeedItem[] = []
  let chars = 0
  for (const [nth, piece] of piecesOf(
    rows.slice(0, FEED_PAGE),
    weightOf,
    LONG_TOGETHER,
  ).entries()) {
    if (nth > 0) await takeTurn()
    const some = await itemsOf({ db, messages }, userId, piece)
    // It was pruned meanwhile.
    if (some === null) return reset()
    for (const item of some) {
      chars += JSON.stringify(item).length
      // The first one always fits.
      if (chars > FEED_PAGE_CHARS && items.length > 0) {
        return { status: 'items', items, hasMore: true }
      }
      items.push(item)
    }
  }
  return { status: 'items', items, hasMore: rows.length > items.length }
}
