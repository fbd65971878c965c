import type { ConversationId, UserId } from '#shared/ids.ts'
import type { Database } from '#server/platform/database/database.ts'

/** How far a conversation has come to a member. */
export interface Position {
  readonly receivedSeq: number
  readonly readSeq: number
}

/** Null for who is no member. */
export async function findPosition(
  db: Database,
  id: ConversationId,
  userId: UserId,
): Promise<Position | null> {
  const row = await db
    .selectFrom('members')
    .select(['received_seq as receivedSeq', 'read_seq as readSeq'])
    .where('conversation_id', '=', id)
    .where('user_id', '=', userId)
    .executeTakeFirst()
  // What was read has been received, also before this was counted.
  return row === undefined ? null : { ...row, receivedSeq: Math.max(row.receivedSeq, row.readSeq) }
}

/**
 * Move somebody's position forward, never back and never beyond the last message.
 * @returns false when it was there already
 */
export async function advance(
  db: Database,
  column: 'read_seq' | 'received_seq',
  position: { id: ConversationId; userId: UserId; seq: number },
): Promise<boolean> {
  const { id, userId, seq } = position
  const before = await findPosition(db, id, userId)
  await db
    .updateTable('members')
    .set((update) => ({
      [column]: update
        .selectFrom('conversations')
        .whereRef('conversations.id', '=', 'members.conversation_id')
        .select((select) =>
          select
            .case()
            .when('last_seq', '<', seq)
            .then(select.ref('last_seq'))
            .else(select.lit(seq))
            .end()
            .as('seq'),
        ),
    }))
    .where('conversation_id', '=', id)
    .where('user_id', '=', userId)
    .where(column, '<', seq)
    .execute()
  const after = await findPosition(db, id, userId)
  return before?.readSeq !== after?.readSeq || before?.receivedSeq !== after?.receivedSeq
}
