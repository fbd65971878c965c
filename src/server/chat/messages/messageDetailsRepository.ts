import * as v from 'valibot'
import type { UserId } from '#shared/ids.ts'
import { QUOTE_MAX_CHARS } from '#shared/limits.ts'
import { MessageBody, type Quote, type Reaction } from '#shared/protocol/chat.ts'
import { shortened } from '#shared/text.ts'
import type { Database } from '#server/platform/database/database.ts'
import { findMessagePasts, type MessageState } from './messagePastRepository.ts'

/** What belongs to messages and stands elsewhere. */
export interface Details {
  /** By the id of the quoted message. */
  readonly quotes: ReadonlyMap<string, Quote>
  readonly reactions: ReadonlyMap<string, Reaction[]>
  /** What the viewer has deleted for themselves. */
  readonly deleted: ReadonlySet<string>
  /** Messages that changed since the viewer left, as they were before. */
  readonly pasts: ReadonlyMap<string, MessageState>
}

export const NO_DETAILS: Details = {
  quotes: new Map(),
  reactions: new Map(),
  deleted: new Set(),
  pasts: new Map(),
}

/** @param viewer null: nobody in particular, who has deleted nothing */
export async function findDetails(
  db: Database,
  rows: readonly { id: string; reply_to: string | null }[],
  viewer: UserId | null,
): Promise<Details> {
  const ids = rows.map(({ id }) => id)
  return {
    quotes: await findQuotes(
      db,
      rows.flatMap(({ reply_to: id }) => id ?? []),
      viewer,
    ),
    reactions: await findReactions(db, ids),
    deleted: viewer === null ? new Set() : await findDeleted(db, ids, viewer),
    pasts: viewer === null ? new Map() : await findMessagePasts(db, viewer, ids),
  }
}

/** The messages of these ids as they are quoted. @param viewer null: nobody in particular */
export async function findQuotes(
  db: Database,
  ids: readonly string[],
  viewer: UserId | null,
): Promise<ReadonlyMap<string, Quote>> {
  if (ids.length === 0) return new Map()
  const rows = await db
    .selectFrom('messages')
    .select(['id', 'seq', 'sender_id as senderId', 'body', 'rev'])
    .where('id', 'in', ids)
    .execute()
  const pasts: ReadonlyMap<string, MessageState> =
    viewer === null ? new Map() : await findMessagePasts(db, viewer, ids)
  return new Map(
    rows.map((row): [string, Quote] => {
      const { id, seq, senderId } = row
      const now = { body: v.parse(MessageBody, JSON.parse(row.body)), rev: row.rev }
      const { body, rev }: Pick<MessageState, 'body' | 'rev'> = pasts.get(id) ?? now
      return [id, { id, seq, senderId, rev, body: cut(body) }]
    }),
  )
}

function cut(body: MessageBody): MessageBody {
  return body.kind === 'text' ? { ...body, text: shortened(body.text, QUOTE_MAX_CHARS) } : body
}

async function findReactions(
  db: Database,
  ids: readonly string[],
): Promise<Map<string, Reaction[]>> {
  const rows = await db
    .selectFrom('reactions')
    .select(['message_id', 'user_id', 'emoji'])
    .where('message_id', 'in', ids)
    .orderBy('created_at')
    .orderBy('user_id')
    .execute()
  const found = new Map<string, Reaction[]>()
  for (const { message_id: id, user_id: userId, emoji } of rows) {
    const reactions = found.get(id) ?? []
    found.set(id, reactions)
    const same = reactions.find((one) => one.emoji === emoji)
    if (same === undefined) reactions.push({ emoji, userIds: [userId] })
    else same.userIds.push(userId)
  }
  return found
}

async function findDeleted(
  db: Database,
  ids: readonly string[],
  viewer: UserId,
): Promise<Set<string>> {
  const rows = await db
    .selectFrom('message_deletions')
    .select('message_id')
    .where('user_id', '=', viewer)
    .where('message_id', 'in', ids)
    .execute()
  return new Set(rows.map(({ message_id: id }) => id))
}
