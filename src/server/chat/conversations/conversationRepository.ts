import type { ConversationId, UserId } from '#shared/ids.ts'
import type { Database } from '#server/platform/database/database.ts'
import { lockRows } from '#server/platform/database/locks.ts'
import { prepared } from '#server/platform/database/prepared.ts'

/** Two people. */
export type Pair = readonly [UserId, UserId]

const pairKey = (pair: Pair): string => pair.toSorted().join(' ')

/** The private conversation of a pair, or null. */
export async function findPrivate(db: Database, pair: Pair): Promise<ConversationId | null> {
  const row = await db
    .selectFrom('conversations')
    .select('id')
    .where('pair_key', '=', pairKey(pair))
    .executeTakeFirst()
  return row?.id ?? null
}

/** Make the private conversation of a pair with both as its members. Run it in a transaction. */
export async function insertPrivate(
  trx: Database,
  conversation: { id: ConversationId; pair: Pair; createdAt: number },
): Promise<void> {
  const { id, pair, createdAt } = conversation
  await trx
    .insertInto('conversations')
    .values({ id, kind: 'private', pair_key: pairKey(pair), last_seq: 0, created_at: createdAt })
    .execute()
  await trx
    .insertInto('members')
    .values(pair.map((userId) => ({ conversation_id: id, user_id: userId, read_seq: 0 })))
    .execute()
}

/**
 * Whoever writes anything of conversations holds them first, so that what they read of members, messages
 * and what is unread stays true until it is written.
 */
export const lockConversations = (trx: Database, ids: readonly ConversationId[]): Promise<void> =>
  lockRows(trx, 'conversations', ids)

const seqTaken = prepared((trx, { id }: { id: ConversationId }) =>
  trx
    .updateTable('conversations')
    .set((update) => ({ last_seq: update('last_seq', '+', 1) }))
    .where('id', '=', id)
    .returning('last_seq'),
)

/** Take the next seq of a conversation. The row stays locked until the transaction ends. */
export async function takeSeq(trx: Database, id: ConversationId): Promise<number> {
  const [row] = await seqTaken(trx, { id })
  if (row === undefined) throw new Error(`there is no conversation ${id}`)
  return row.last_seq
}
