import { FEED_TTL_MS } from '#shared/limits.ts'
import { inTransaction, type Database } from '#server/platform/database/database.ts'
import type { TakeTurn } from '#server/platform/turns.ts'
import { deleteEntries, deleteShared } from './feedPruningRepository.ts'

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
