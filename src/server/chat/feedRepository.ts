import * as v from 'valibot'
import type { ConversationId, UserId } from '#shared/ids.ts'
import { FeedEntry, type FeedItem } from '#shared/protocol/feed.ts'
import type { Database } from '#server/platform/database/database.ts'
import { lockRows } from '#server/platform/database/locks.ts'
import { findMessages } from './messageRepository.ts'

/** Take the next pos of a user. The row stays locked until the transaction ends. */
export async function takePos(trx: Database, userId: UserId): Promise<number> {
  const row = await trx
    .insertInto('feed_heads')
    .values({ user_id: userId, pos: 1, acked_pos: 0 })
    .onConflict((conflict) =>
      conflict
        .column('user_id')
        .doUpdateSet((update) => ({ pos: update('feed_heads.pos', '+', 1) })),
    )
    .returning('pos')
    .executeTakeFirstOrThrow()
  return row.pos
}

/** Hold feeds that more than one step of a transaction writes to; `takePos` alone needs no more. */
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

/** Write an entry. A message is kept once, in its own table. */
export async function insertItem(
  trx: Database,
  { userId, createdAt, item }: { userId: UserId; createdAt: number; item: FeedItem },
): Promise<void> {
  const { pos, entry } = item
  const messageId = 'message' in entry ? entry.message.id : null
  const stored = 'message' in entry ? { ...entry, message: undefined } : entry
  await trx
    .insertInto('feed')
    .values({
      user_id: userId,
      pos,
      created_at: createdAt,
      message_id: messageId,
      entry: JSON.stringify(stored),
    })
    .execute()
}

/** What comes after a pos, in order, as many as asked for. */
export async function findItems(
  db: Database,
  { userId, after, count }: { userId: UserId; after: number; count: number },
): Promise<FeedItem[]> {
  const rows = await db
    .selectFrom('feed')
    .select(['pos', 'message_id', 'entry'])
    .where('user_id', '=', userId)
    .where('pos', '>', after)
    .orderBy('pos')
    .limit(count)
    .execute()
  const ids = new Set(rows.flatMap(({ message_id: id }) => id ?? []))
  const messages = await findMessages(db, [...ids], userId)
  return rows.map(({ pos, message_id: id, entry }) => {
    const stored = JSON.parse(entry) as object
    const whole = id === null ? stored : { ...stored, message: messages.get(id) }
    return { pos, entry: v.parse(FeedEntry, whole) }
  })
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

/** How far each conversation has come to a user with the entries of these places. */
export function findReceived(
  trx: Database,
  { userId, after, upTo }: { userId: UserId; after: number; upTo: number },
): Promise<{ conversationId: ConversationId; seq: number }[]> {
  return trx
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
    .orderBy('messages.conversation_id')
    .execute()
}

/** Forget what is older. */
export async function deleteBefore(db: Database, createdAt: number): Promise<void> {
  await db.deleteFrom('feed').where('created_at', '<', createdAt).execute()
}
