import type { UserId } from '#shared/ids.ts'
import type { FeedPage } from '#shared/protocol/feed.ts'
import type { Bus } from '#server/platform/bus/bus.ts'
import type { Database } from '#server/platform/database/database.ts'
import type { TakeTurn } from '#server/platform/turns.ts'
import { createAnnouncer } from './announcer.ts'
import type { FeedDelivery, FeedDraft } from './feedDelivery.ts'
import type { FeedMessages } from './feedMessages.ts'
import { findFeedPage } from './feedPage.ts'
import { createFeedPruning, type FeedPruning } from './feedPruning.ts'
import { findHead, takePositions } from './feedHeadRepository.ts'
import { insertItems } from './feedRepository.ts'

/** What happens to each user and lasts, numbered; written with the change itself. */
export interface Feed extends FeedPruning {
  /** Write drafts in the transaction of the change; `announce` them when that has committed. */
  record: (trx: Database, drafts: readonly FeedDraft[]) => Promise<readonly FeedDelivery[]>
  /** Tell the tabs of those users. */
  announce: (deliveries: readonly FeedDelivery[]) => void
  /** What comes after a pos. */
  page: (userId: UserId, after: number | null) => Promise<FeedPage>
}

export interface FeedOptions {
  db: Database
  bus: Bus
  now: () => number
  takeTurn: TakeTurn
  messages: FeedMessages
}

export function createFeed(options: FeedOptions): Feed {
  const { db, bus, now } = options
  return {
    ...createFeedPruning(options),

    async record(trx, drafts) {
      if (drafts.length === 0) return []
      // Always in the same order: two transactions never wait for each other.
      const sorted = drafts.toSorted(byUser)
      const counts = countsOf(sorted)
      const last = await takePositions(trx, counts)
      const taken = new Map<UserId, number>()
      const deliveries = sorted.map(({ userId, entry }) => {
        const nth = (taken.get(userId) ?? 0) + 1
        taken.set(userId, nth)
        const pos = (last.get(userId) ?? 0) - (counts.get(userId) ?? 0) + nth
        return { userId, item: { pos, entry } }
      })
      await insertItems(trx, deliveries, now())
      return deliveries
    },

    announce: createAnnouncer(bus),

    async page(userId, after) {
      if (after !== null) return findFeedPage(options, userId, after)
      return { status: 'reset', pos: (await findHead(db, userId)).pos }
    },
  }
}

function countsOf(drafts: readonly FeedDraft[]): ReadonlyMap<UserId, number> {
  const counts = new Map<UserId, number>()
  for (const { userId } of drafts) counts.set(userId, (counts.get(userId) ?? 0) + 1)
  return counts
}

const byUser = (a: FeedDraft, b: FeedDraft): number =>
  Number(a.userId > b.userId) - Number(a.userId < b.userId)
