import * as v from 'valibot'
import type { ConversationId } from '#shared/ids.ts'
import { MessageBody, type MessageView } from '#shared/protocol/chat.ts'
import type { Database } from '#server/platform/database/database.ts'

export interface NewMessage extends MessageView {
  /** Counts as unread for everyone but its sender. */
  asksAttention: boolean
}

interface MessageRow {
  id: string
  conversation_id: string
  seq: number
  sender_id: string
  body: string
  created_at: number
}

const COLUMNS = ['id', 'conversation_id', 'seq', 'sender_id', 'body', 'created_at'] as const

function toView(row: MessageRow): MessageView {
  return {
    id: row.id,
    conversationId: row.conversation_id,
    seq: row.seq,
    senderId: row.sender_id,
    // What an older version wrote is checked like anything else from outside.
    body: v.parse(MessageBody, JSON.parse(row.body)),
    createdAt: row.created_at,
  }
}

/** Write a message at the seq that was taken for it. */
export async function insertMessage(trx: Database, message: NewMessage): Promise<void> {
  await trx
    .insertInto('messages')
    .values({
      id: message.id,
      conversation_id: message.conversationId,
      seq: message.seq,
      sender_id: message.senderId,
      kind: message.body.kind,
      body: JSON.stringify(message.body),
      attention: message.asksAttention ? 1 : 0,
      created_at: message.createdAt,
    })
    .execute()
}

/** The message of an id, wherever it is, or null. */
export async function findMessage(db: Database, id: string): Promise<MessageView | null> {
  const row = await db
    .selectFrom('messages')
    .select(COLUMNS)
    .where('id', '=', id)
    .executeTakeFirst()
  return row === undefined ? null : toView(row)
}

/** The messages of these ids. */
export async function findMessages(
  db: Database,
  ids: readonly string[],
): Promise<ReadonlyMap<string, MessageView>> {
  if (ids.length === 0) return new Map()
  const rows = await db.selectFrom('messages').select(COLUMNS).where('id', 'in', ids).execute()
  return new Map(rows.map((row) => [row.id, toView(row)]))
}

export interface PageQuery {
  id: ConversationId
  /** Only what is older; null: from the newest. */
  before: number | null
  count: number
}

/** The newest messages before a seq, ascending. */
export async function findPage(db: Database, query: PageQuery): Promise<MessageView[]> {
  const { id, before, count } = query
  const rows = await db
    .selectFrom('messages')
    .select(COLUMNS)
    .where('conversation_id', '=', id)
    .$if(before !== null, (messages) => messages.where('seq', '<', before))
    .orderBy('seq', 'desc')
    .limit(count)
    .execute()
  return rows.reverse().map(toView)
}

/** The last message of each of these conversations that has one. */
export async function findLastMessages(
  db: Database,
  conversationIds: readonly ConversationId[],
): Promise<Map<ConversationId, MessageView>> {
  if (conversationIds.length === 0) return new Map()
  const rows = await db
    .selectFrom('messages')
    .innerJoin('conversations', (join) =>
      join
        .onRef('conversations.id', '=', 'messages.conversation_id')
        .onRef('conversations.last_seq', '=', 'messages.seq'),
    )
    .select(COLUMNS.map((column) => `messages.${column}` as const))
    .where('messages.conversation_id', 'in', conversationIds)
    .execute()
  return new Map(rows.map((row) => [row.conversation_id, toView(row)]))
}
