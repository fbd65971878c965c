import type { UserId } from '#shared/ids.ts'
import type { MessageBody } from '#shared/protocol/chat.ts'
import type { Database } from '#server/platform/database/database.ts'

/** Change what a message says. Nothing happens to one that was recalled. */
export async function updateBody(
  trx: Database,
  id: string,
  change: { body: Exclude<MessageBody, { kind: 'deleted' }>; at: number },
): Promise<void> {
  const { body, at } = change
  const when =
    body.kind === 'recalled'
      ? { recalled_at: at, edited_at: null, attention: 0 as const }
      : { edited_at: at }
  await trx
    .updateTable('messages')
    .set((update) => ({
      kind: body.kind,
      body: JSON.stringify(body),
      rev: update('rev', '+', 1),
      ...when,
    }))
    .where('id', '=', id)
    .where('recalled_at', 'is', null)
    .execute()
}

/** Count a change of these messages: what they show has changed elsewhere. */
export async function countChange(trx: Database, ids: readonly string[]): Promise<void> {
  if (ids.length === 0) return
  await trx
    .updateTable('messages')
    .set((update) => ({ rev: update('rev', '+', 1) }))
    .where('id', 'in', ids)
    .execute()
}

/** The seq of the last message that quotes this one; 0: none does. */
export async function findLastQuoting(trx: Database, id: string): Promise<number> {
  const row = await trx
    .selectFrom('messages')
    .select('seq')
    .where('reply_to', '=', id)
    .orderBy('seq', 'desc')
    .limit(1)
    .executeTakeFirst()
  return row?.seq ?? 0
}

export interface NewReaction {
  messageId: string
  userId: UserId
  emoji: string
  createdAt: number
}

export async function insertReaction(trx: Database, reaction: NewReaction): Promise<void> {
  await trx
    .insertInto('reactions')
    .values({
      message_id: reaction.messageId,
      user_id: reaction.userId,
      emoji: reaction.emoji,
      created_at: reaction.createdAt,
    })
    .onConflict((conflict) => conflict.doNothing())
    .execute()
}

export async function deleteReaction(
  trx: Database,
  { messageId, userId, emoji }: Omit<NewReaction, 'createdAt'>,
): Promise<void> {
  await trx
    .deleteFrom('reactions')
    .where('message_id', '=', messageId)
    .where('user_id', '=', userId)
    .where('emoji', '=', emoji)
    .execute()
}

/** All reactions to a message. */
export async function deleteReactions(trx: Database, messageId: string): Promise<void> {
  await trx.deleteFrom('reactions').where('message_id', '=', messageId).execute()
}

/** These messages of a conversation are deleted for one reader; what is unknown is left out. */
export async function insertDeletions(
  trx: Database,
  deletion: { conversationId: string; ids: readonly string[]; userId: UserId },
): Promise<string[]> {
  const { conversationId, ids, userId } = deletion
  const rows = await trx
    .selectFrom('messages')
    .select('id')
    .where('conversation_id', '=', conversationId)
    .where('id', 'in', ids)
    .orderBy('seq')
    .execute()
  if (rows.length === 0) return []
  const fresh = await trx
    .insertInto('message_deletions')
    .values(rows.map(({ id }) => ({ message_id: id, user_id: userId })))
    .onConflict((conflict) => conflict.doNothing())
    .returning('message_id')
    .execute()
  return fresh.map(({ message_id: id }) => id)
}

/** Who has deleted each of these messages for themselves. */
export async function findDeleters(
  trx: Database,
  ids: readonly string[],
): Promise<ReadonlyMap<string, ReadonlySet<UserId>>> {
  if (ids.length === 0) return new Map()
  const rows = await trx
    .selectFrom('message_deletions')
    .select(['message_id', 'user_id'])
    .where('message_id', 'in', ids)
    .execute()
  const byMessage = Map.groupBy(rows, (row) => row.message_id)
  return new Map(
    [...byMessage].map(([id, deletions]) => [id, new Set(deletions.map((one) => one.user_id))]),
  )
}
