import type { ConversationId, UserId } from '#shared/ids.ts'
import type { Database } from '#server/platform/database/database.ts'
import { lockRows } from '#server/platform/database/locks.ts'
import { preparedRows } from '#server/platform/database/prepared.ts'

const positionsTaken = preparedRows((trx, rows: readonly { userId: UserId; count: number }[]) =>
  trx
    .insertInto('feed_heads')
    .values(rows.map(({ userId, count }) => ({ user_id: userId, pos: count, acked_pos: 0 })))
    .onConflict((conflict) =>
      conflict.column('user_id').doUpdateSet((update) => ({
        pos: update('feed_heads.pos', '+', update.ref('excluded.pos')),
      })),
    )
    .returning(['user_id', 'pos']),
)

/**
 * Take the next places in these feeds, so many in each. The rows stay locked until the transaction ends.
 * @returns the last place of each
 */
export async function takePositions(
  trx: Database,
  counts: ReadonlyMap<UserId, number>,
): Promise<ReadonlyMap<UserId, number>> {
  const rows = await positionsTaken(
    trx,
    [...counts].map(([userId, count]) => ({ userId, count })),
  )
  return new Map(rows.map((row) => [row.user_id, row.pos]))
}

/** Hold feeds that more than one step of a transaction writes to; `takePositions` alone needs no more. */
export const lockHeads = (trx: Database, userIds: readonly UserId[]): Promise<void> =>
  lockRows(trx, 'feed_heads', userIds)

/** The last pos of a user, and the last one that a device of theirs has acknowledged. */
export async function findHead(
  db: Database,
  userId: UserId,
): Promise<{ pos: number; ackedPos: number }> {
  const row = await db
    .selectFrom('feed_heads')
    .select(['pos', 'acked_pos as ackedPos'])
    .where('user_id', '=', userId)
    .executeTakeFirst()
  return row ?? { pos: 0, ackedPos: 0 }
}

/** Note that a device has everything up to a pos, if there is such a one. */
export async function acknowledge(trx: Database, userId: UserId, pos: number): Promise<void> {
  await trx
    .updateTable('feed_heads')
    .set({ acked_pos: pos })
    .where('user_id', '=', userId)
    .where('acked_pos', '<', pos)
    .where('pos', '>=', pos)
    .execute()
}

/** A user's device has the messages of a conversation up to a seq. */
export interface Received {
  readonly conversationId: ConversationId
  readonly seq: number
}

/**
 * How far a device is in each conversation once it has the entries of a range, or the first `count` of them.
 * @returns also the pos of the last entry looked at
 */
export async function findReceived(
  db: Database,
  range: { userId: UserId; after: number; upTo: number; count: number },
): Promise<{ upTo: number; received: Received[] }> {
  const { userId, after, count } = range
  const last = await db
    .selectFrom('feed')
    .select('pos')
    .where('user_id', '=', userId)
    .where('pos', '>', after)
    .where('pos', '<=', range.upTo)
    .orderBy('pos')
    .offset(count - 1)
    .limit(1)
    .executeTakeFirst()
  const upTo = last?.pos ?? range.upTo
  const received = await db
    .selectFrom('feed')
    .innerJoin('messages', 'messages.id', 'feed.message_id')
    .select((column) => [
      'messages.conversation_id as conversationId',
      column.fn.max('messages.seq').as('seq'),
    ])
    .where('feed.user_id', '=', userId)
    .where('feed.pos', '>', after)
    .where('feed.pos', '<=', upTo)
    .where('messages.sender_id', '!=', userId)
    .groupBy('messages.conversation_id')
    .execute()
  return { upTo, received }
}
