import { FEED_TTL_MS } from '#shared/limits.ts'
import { inTransaction, type Database } from '#server/platform/database/database.ts'
import type { TakeTurn } from '#server/platform/turns.ts'

/** How many entries are deleted in one turn. */
export const PRUNED_TOGETHER = 500
/** Fewer of the shared ones: each may be as long as a group of 500. */
export const SHARED_PRUNED_TOGETHER = 25

export interface FeedPruning {
  /** Delete entries older than a feed goes back, a few in each turn. */
  prune: () => Promise<void>
  /** When it resolves, nothing is deleted any more. */
  stop: () => Promise<void>
}

export interface FeedPruningOptions {
  db: Database
  now: () => number
  takeTurn: TakeTurn
}

export function createFeedPruning({ db, now, takeTurn }: FeedPruningOptions): FeedPruning {
  let running = Promise.resolve()
  let isStopped = false

  async function repeat(deleteSome: (trx: Database) => Promise<boolean>): Promise<void> {
    while (!isStopped && (await inTransaction(db, deleteSome))) await takeTurn()
  }

  async function pruneAll(): Promise<void> {
    const before = now() - FEED_TTL_MS
    // First the entries that refer to shared ones.
    await repeat((trx) => deleteEntries(trx, before))
    await repeat((trx) => deleteShared(trx, before))
  }

  return {
    prune: () => (running = pruneAll()),
    async stop() {
      isStopped = true
      // Whoever called `prune` handles the error.
      await running.catch(() => undefined)
    },
  }
}

/** @returns whether there may be more */
async function deleteEntries(trx: Database, before: number): Promise<boolean> {
  const { numDeletedRows: deleted } = await trx
    .deleteFrom('feed')
    .where((feed) =>
      feed(
        feed.refTuple('user_id', 'pos'),
        'in',
        feed
          .selectFrom('feed as old')
          .select(['old.user_id', 'old.pos'])
          .where('old.created_at', '<', before)
          .limit(PRUNED_TOGETHER)
          .$asTuple('user_id', 'pos'),
      ),
    )
    .executeTakeFirstOrThrow()
  return deleted === BigInt(PRUNED_TOGETHER)
}

/** @returns whether there may be more */
async function deleteShared(trx: Database, before: number): Promise<boolean> {
  const { numDeletedRows: deleted } = await trx
    .deleteFrom('shared_entries')
    .where('id', 'in', (select) =>
      select
        .selectFrom('shared_entries as old')
        .select('old.id')
        .where('old.created_at', '<', before)
        .limit(SHARED_PRUNED_TOGETHER),
    )
    .executeTakeFirstOrThrow()
  return deleted === BigInt(SHARED_PRUNED_TOGETHER)
}
