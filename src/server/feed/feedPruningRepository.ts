import type { Database } from '#server/platform/database/database.ts'

/** How many entries are deleted in one turn. */
export const PRUNED_TOGETHER = 500
/** Fewer of the shared ones: each may be as long as a group of 500. */
export const SHARED_PRUNED_TOGETHER = 25

/** Delete some entries that are older. @returns whether there may be more */
export async function deleteEntries(trx: Database, before: number): Promise<boolean> {
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

/** Delete some shared entries that are older. @returns whether there may be more */
export async function deleteShared(trx: Database, before: number): Promise<boolean> {
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
