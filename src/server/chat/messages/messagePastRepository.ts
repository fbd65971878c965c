import * as v from 'valibot'
import type { ConversationId, UserId } from '#shared/ids.ts'
import { MessageBody, Reaction, type MessageView } from '#shared/protocol/chat.ts'
import type { Database } from '#server/platform/database/database.ts'

/** The parts of a message that can change. */
const MessageState = v.object({
  body: MessageBody,
  rev: v.number(),
  editedAt: v.nullable(v.number()),
  reactions: v.array(Reaction),
})
export type MessageState = v.InferOutput<typeof MessageState>

const stateOf = ({ body, rev, editedAt, reactions }: MessageView): MessageState => ({
  body,
  rev,
  editedAt: editedAt ?? null,
  reactions: reactions ?? [],
})

/** Keep a message as it was before a change, if somebody who could read it has left since the last kept one [CH11]. */
export async function keepMessagePast(trx: Database, before: MessageView): Promise<void> {
  const { id, conversationId, seq } = before
  const place = await trx
    .selectFrom('conversations')
    .select([
      'last_seq',
      (of) =>
        of
          .selectFrom('members')
          .select((member) => member.fn.max('left_seq').as('seq'))
          .where('conversation_id', '=', conversationId)
          .where('left_seq', '>=', seq)
          .as('left_seq'),
      (of) =>
        of
          .selectFrom('message_pasts')
          .select((past) => past.fn.max('until_seq').as('seq'))
          .where('message_id', '=', id)
          .as('until_seq'),
    ])
    .where('id', '=', conversationId)
    .executeTakeFirstOrThrow()
  const { last_seq: lastSeq, left_seq: leftSeq, until_seq: untilSeq } = place
  if (leftSeq === null || (untilSeq ?? 0) >= leftSeq) return
  await trx
    .insertInto('message_pasts')
    .values({
      message_id: id,
      until_seq: lastSeq,
      conversation_id: conversationId,
      state: JSON.stringify(stateOf(before)),
    })
    .execute()
}

/** Those of these messages that changed since the viewer left their group, as they were when they left. */
export async function findMessagePasts(
  db: Database,
  viewer: UserId,
  ids: readonly string[],
): Promise<ReadonlyMap<string, MessageState>> {
  if (ids.length === 0) return new Map()
  const rows = await db
    .selectFrom('message_pasts')
    .innerJoin('members', (join) =>
      join
        .onRef('members.conversation_id', '=', 'message_pasts.conversation_id')
        .on('members.user_id', '=', viewer),
    )
    .select(['message_pasts.message_id as id', 'message_pasts.state'])
    .where('message_pasts.message_id', 'in', ids)
    .whereRef('message_pasts.until_seq', '>=', 'members.left_seq')
    .orderBy('message_pasts.until_seq', 'desc')
    .execute()
  // Of several, the earliest change after they left is the last row here.
  return new Map(rows.map(({ id, state }) => [id, v.parse(MessageState, JSON.parse(state))]))
}

/** Forget every earlier text of a message. */
export async function forgetMessagePasts(trx: Database, messageId: string): Promise<void> {
  await trx.deleteFrom('message_pasts').where('message_id', '=', messageId).execute()
}

/** Forget what nobody sees any more because the people who had left are back. */
export async function forgetUnseenPasts(trx: Database, id: ConversationId): Promise<void> {
  await trx
    .deleteFrom('message_pasts')
    .where('conversation_id', '=', id)
    .where((past) =>
      past.not(
        past.exists(
          past
            .selectFrom('members')
            .select('members.user_id')
            .where('members.conversation_id', '=', id)
            .whereRef('members.left_seq', '<=', 'message_pasts.until_seq'),
        ),
      ),
    )
    .execute()
}
