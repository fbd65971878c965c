import { sql, type Expression, type ExpressionBuilder, type SqlBool } from 'kysely'
import type { ConversationId, UserId } from '#shared/ids.ts'
import type { MessageView } from '#shared/protocol/chat.ts'
import type { Database } from '#server/platform/database/database.ts'
import { rowsOf } from '#server/platform/database/rows.ts'
import type { Schema } from '#server/platform/database/schema.ts'
import { termsOf, type Condition } from './terms.ts'

type Place = Pick<MessageView, 'conversationId' | 'seq'>

/** Have a message found by its text, and no more by an earlier one. */
export async function indexText(
  trx: Database,
  { conversationId, seq }: Place,
  text: string,
): Promise<void> {
  const terms = termsOf(text)
  if (terms.length === 0) return
  await sql`
    INSERT INTO message_terms (conversation_id, term, seq)
    SELECT ${conversationId}, value, CAST(${seq} AS bigint) FROM ${rowsOf(trx, terms)}
  `.execute(trx)
}

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

export interface SearchQuery {
  reader: UserId
  conditions: readonly Condition[]
  /** Null: in all. */
  conversationId: ConversationId | null
  /** Null: any. */
  kind: 'text' | 'call' | null
  /** Has an address in it. */
  hasLink: boolean
  /** ms UTC: not before the one, and before the other; null: whenever. */
  from: number | null
  until: number | null
  skip: number
  count: number
}

type Row = ExpressionBuilder<Schema, 'members' | 'messages'>

/** The seqs of the conversation at hand under a term, or under those that begin so. */
function seqsUnder(row: Row, condition: Condition) {
  const terms = row
    .selectFrom('message_terms')
    .select('message_terms.seq')
    .whereRef('message_terms.conversation_id', '=', 'members.conversation_id')
  if (condition.kind === 'term') return terms.where('term', '=', condition.term)
  const { prefix } = condition
  return terms.where('term', '>=', prefix).where('term', '<', `${prefix}\u{10ffff}`)
}

/** The first condition finds messages, the others look at each of them. */
function meetsAll(row: Row, conditions: readonly Condition[]): Expression<SqlBool> {
  const [first, ...others] = conditions
  return row.and([
    ...(first === undefined ? [] : [row('messages.seq', 'in', seqsUnder(row, first))]),
    ...others.map((condition) =>
      row.exists(seqsUnder(row, condition).whereRef('message_terms.seq', '=', 'messages.seq')),
    ),
  ])
}

/** Not deleted by them, not from before they came in, nor from after they had left. */
function isReadableBy(row: Row, reader: UserId): Expression<SqlBool> {
  const deletions = row
    .selectFrom('message_deletions')
    .select('message_deletions.message_id')
    .whereRef('message_deletions.message_id', '=', 'messages.id')
    .where('message_deletions.user_id', '=', reader)
  return row.and([
    row('members.user_id', '=', reader),
    row('messages.seq', '>', row.ref('members.cleared_seq')),
    row.or([
      row('members.left_seq', 'is', null),
      row('messages.seq', '<=', row.ref('members.left_seq')),
    ]),
    row.not(row.exists(deletions)),
  ])
}

/** Ids of messages that somebody may read and that meet it all, the newest first [CH4]. */
export async function findHits(db: Database, query: SearchQuery): Promise<string[]> {
  const { reader, conditions, conversationId, kind, hasLink, from, until, skip, count } = query
  const rows = await db
    .selectFrom('members')
    .innerJoin('messages', 'messages.conversation_id', 'members.conversation_id')
    .select('messages.id')
    .where((row) => isReadableBy(row, reader))
    .where((row) => meetsAll(row, conditions))
    .where((row) =>
      row.and([
        ...(conversationId === null ? [] : [row('members.conversation_id', '=', conversationId)]),
        ...(kind === null ? [] : [row('messages.kind', '=', kind)]),
        ...(hasLink ? [row('messages.body', 'like', '%://%')] : []),
        ...(from === null ? [] : [row('messages.created_at', '>=', from)]),
        ...(until === null ? [] : [row('messages.created_at', '<', until)]),
      ]),
    )
    .orderBy('messages.created_at', 'desc')
    .orderBy('messages.id', 'desc')
    .offset(skip)
    .limit(count)
    .execute()
  return rows.map(({ id }) => id)
}
