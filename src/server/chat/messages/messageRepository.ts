import * as v from 'valibot'
import type { ConversationId, UserId } from '#shared/ids.ts'
import { MessageBody, type MessageView } from '#shared/protocol/chat.ts'
import type { Database } from '#server/platform/database/database.ts'
import { prepared, preparedRows } from '#server/platform/database/prepared.ts'
import type { Schema } from '#server/platform/database/schema.ts'
import { findDetails, NO_DETAILS, type Details } from './messageDetailsRepository.ts'

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
  edited_at: number | null
  rev: number
  reply_to: string | null
}

const COLUMNS = [
  'id',
  'conversation_id',
  'seq',
  'sender_id',
  'body',
  'created_at',
  'edited_at',
  'rev',
  'reply_to',
] as const

/** A message as one viewer sees it. */
function toView(row: MessageRow, { quotes, reactions, deleted, pasts }: Details): MessageView {
  const view: MessageView = {
    id: row.id,
    conversationId: row.conversation_id,
    seq: row.seq,
    senderId: row.sender_id,
    // What an older version wrote is checked like anything else from outside.
    body: v.parse(MessageBody, JSON.parse(row.body)),
    createdAt: row.created_at,
    rev: row.rev,
  }
  if (deleted.has(row.id)) return { ...view, body: { kind: 'deleted' } }
  const quote = quotes.get(row.reply_to ?? '')
  const {
    editedAt,
    reactions: answers,
    ...said
  } = pasts.get(row.id) ?? {
    editedAt: row.edited_at,
    reactions: reactions.get(row.id) ?? [],
  }
  return {
    ...view,
    ...said,
    ...(editedAt === null ? {} : { editedAt }),
    ...(quote === undefined ? {} : { quote }),
    ...(answers.length === 0 ? {} : { reactions: answers }),
  }
}

async function toViews(
  db: Database,
  rows: readonly MessageRow[],
  viewer: UserId | null,
): Promise<MessageView[]> {
  const details = rows.length === 0 ? NO_DETAILS : await findDetails(db, rows, viewer)
  return rows.map((row) => toView(row, details))
}

type NewRow = Pick<
  Schema['messages'],
  | 'id'
  | 'conversation_id'
  | 'seq'
  | 'sender_id'
  | 'kind'
  | 'body'
  | 'attention'
  | 'created_at'
  | 'reply_to'
>

const inserted = prepared((trx, row: NewRow) =>
  trx.insertInto('messages').values({
    id: row.id,
    conversation_id: row.conversation_id,
    seq: row.seq,
    sender_id: row.sender_id,
    kind: row.kind,
    body: row.body,
    attention: row.attention,
    created_at: row.created_at,
    reply_to: row.reply_to,
  }),
)

/** Write a message at the seq that was taken for it. */
export async function insertMessage(trx: Database, message: NewMessage): Promise<void> {
  const { body } = message
  if (body.kind === 'deleted') throw new Error('nobody writes a message that is deleted')
  await inserted(trx, {
    id: message.id,
    conversation_id: message.conversationId,
    seq: message.seq,
    sender_id: message.senderId,
    kind: body.kind,
    body: JSON.stringify(body),
    attention: message.asksAttention ? 1 : 0,
    created_at: message.createdAt,
    reply_to: message.quote?.id ?? null,
  })
}

/** The message of an id, wherever it is, or null; as everybody sees it who has not deleted it. */
export async function findMessage(db: Database, id: string): Promise<MessageView | null> {
  return (await findMessages(db, [id], null)).get(id) ?? null
}

const rowsOfIds = preparedRows((db, rows: readonly { id: string }[]) =>
  db
    .selectFrom('messages')
    .select(COLUMNS)
    .where(
      'id',
      'in',
      rows.map(({ id }) => id),
    ),
)

/** The messages of these ids, as a viewer sees them. */
export async function findMessages(
  db: Database,
  ids: readonly string[],
  viewer: UserId | null,
): Promise<ReadonlyMap<string, MessageView>> {
  if (ids.length === 0) return new Map()
  const rows = await rowsOfIds(
    db,
    ids.map((id) => ({ id })),
  )
  return new Map((await toViews(db, rows, viewer)).map((view) => [view.id, view]))
}

export interface PageQuery {
  id: ConversationId
  viewer: UserId
  /** Only what is newer. */
  after: number
  /** Only what is older; null: from the newest. */
  before: number | null
  count: number
}

/** The newest messages before a seq, ascending. */
export async function findPage(db: Database, query: PageQuery): Promise<MessageView[]> {
  const { id, after, before, count, viewer } = query
  const rows = await db
    .selectFrom('messages')
    .select(COLUMNS)
    .where('conversation_id', '=', id)
    .where('seq', '>', after)
    .$if(before !== null, (messages) => messages.where('seq', '<', before))
    .orderBy('seq', 'desc')
    .limit(count)
    .execute()
  return toViews(db, rows.reverse(), viewer)
}

/** The last message of each of these conversations that has one, as a viewer sees it. */
export async function findLastMessages(
  db: Database,
  conversationIds: readonly ConversationId[],
  viewer: UserId,
): Promise<Map<ConversationId, MessageView>> {
  if (conversationIds.length === 0) return new Map()
  const rows = await db
    .selectFrom('messages')
    .innerJoin('conversations', 'conversations.id', 'messages.conversation_id')
    .innerJoin('members', (join) =>
      join
        .onRef('members.conversation_id', '=', 'conversations.id')
        .on('members.user_id', '=', viewer),
    )
    // For who has left it the last word was said then.
    .where((column) =>
      column('messages.seq', '=', column.fn.coalesce('members.left_seq', 'conversations.last_seq')),
    )
    .select(COLUMNS.map((column) => `messages.${column}` as const))
    .where('messages.conversation_id', 'in', conversationIds)
    .execute()
  const views = await toViews(db, rows, viewer)
  return new Map(views.map((view) => [view.conversationId, view]))
}
