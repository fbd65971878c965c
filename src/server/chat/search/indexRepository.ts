import * as v from 'valibot'
import { sql } from 'kysely'
import type { ConversationId, UserId } from '#shared/ids.ts'
import { MessageBody, type MessageView } from '#shared/protocol/chat.ts'
import type { Database } from '#server/platform/database/database.ts'
import { numberedOf, rowsOf } from '#server/platform/database/rows.ts'
import { termsOf } from './terms.ts'

type Place = Pick<MessageView, 'conversationId' | 'seq'>

/** Under what a message is found. */
export interface TermRow {
  readonly term: string
  readonly seq: number
}

/** What is there already stays. */
export async function insertTerms(
  trx: Database,
  id: ConversationId,
  rows: readonly TermRow[],
): Promise<void> {
  if (rows.length === 0) return
  // In the order of the index: what stands side by side is written together.
  const sorted = rows
    .toSorted((a, b) => Number(a.term > b.term) - Number(a.term < b.term))
    .map(({ term, seq }) => ({ text: term, number: seq }))
  // WHERE: without it SQLite takes ON CONFLICT for a part of the SELECT.
  await sql`
    INSERT INTO message_terms (conversation_id, term, seq)
    SELECT ${id}, text, number FROM ${numberedOf(trx, sorted)} WHERE true
    ON CONFLICT DO NOTHING
  `.execute(trx)
}

/** Have a message found by its text. */
export const indexText = (
  trx: Database,
  { conversationId, seq }: Place,
  text: string,
): Promise<void> =>
  insertTerms(
    trx,
    conversationId,
    termsOf(text).map((term) => ({ term, seq })),
  )

/** Have a message found no more. It takes its text as it was, so that nothing else is read. */
export async function forgetText(
  trx: Database,
  { conversationId, seq }: Place,
  text: string,
): Promise<void> {
  const terms = termsOf(text)
  if (terms.length === 0) return
  await sql`
    DELETE FROM message_terms
    WHERE conversation_id = ${conversationId} AND seq = ${seq}
      AND term IN (SELECT value FROM ${rowsOf(trx, terms)})
  `.execute(trx)
}

/** Where something was said that is not in the index. @param reader who was in them; null: anybody */
export async function findUnindexed(
  db: Database,
  reader: UserId | null,
): Promise<ConversationId[]> {
  const rows = await db
    .selectFrom('conversations')
    .select('id')
    .whereRef('indexed_seq', '<', 'last_seq')
    .$if(reader !== null, (conversations) =>
      conversations.where('id', 'in', (row) =>
        row
          .selectFrom('members')
          .select('conversation_id')
          .where('user_id', '=', reader ?? ''),
      ),
    )
    .execute()
  return rows.map(({ id }) => id)
}

/** The first messages that are not in the index. */
export async function findUnindexedMessages(
  trx: Database,
  id: ConversationId,
  count: number,
): Promise<Pick<MessageView, 'seq' | 'body'>[]> {
  const rows = await trx
    .selectFrom('messages')
    .innerJoin('conversations', 'conversations.id', 'messages.conversation_id')
    .select(['messages.seq', 'messages.body'])
    .where('messages.conversation_id', '=', id)
    .whereRef('messages.seq', '>', 'conversations.indexed_seq')
    .orderBy('messages.seq')
    .limit(count)
    .execute()
  return rows.map(({ seq, body }) => ({ seq, body: v.parse(MessageBody, JSON.parse(body)) }))
}

/** Everything up to a seq is in the index. */
export async function setIndexed(trx: Database, id: ConversationId, seq: number): Promise<void> {
  await trx.updateTable('conversations').set({ indexed_seq: seq }).where('id', '=', id).execute()
}
