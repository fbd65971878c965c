import * as v from 'valibot'
import { sql } from 'kysely'
import { setImmediate as nextTurn } from 'node:timers/promises'
import type { ConversationId } from '#shared/ids.ts'
import { MessageBody, type MessageView } from '#shared/protocol/chat.ts'
import type { Database } from '#server/platform/database/database.ts'
import { numberedOf, rowsOf } from '#server/platform/database/rows.ts'
import { allTermsOf, termsOf } from './terms.ts'

type Place = Pick<MessageView, 'conversationId' | 'seq'>

/** Under what a message is found. */
export interface TermRow {
  readonly term: string
  readonly seq: number
}

/**
 * So many terms go through one statement: each stands in another page of the index. Nobody else waits
 * for more than that; who wants to write waits for the transaction.
 */
export const TERMS_TOGETHER = 200

/** Run it for some of them at a time, in turns of the event loop. */
async function inSlices<T>(
  all: readonly T[],
  run: (some: readonly T[]) => Promise<unknown>,
): Promise<void> {
  for (let at = 0; at < all.length; at += TERMS_TOGETHER) {
    if (at > 0) await nextTurn()
    await run(all.slice(at, at + TERMS_TOGETHER))
  }
}

/** What is there already stays. */
export async function insertTerms(
  trx: Database,
  id: ConversationId,
  rows: readonly TermRow[],
): Promise<void> {
  // In the order of the index: what stands side by side is written together.
  const sorted = rows
    .toSorted((a, b) => Number(a.term > b.term) - Number(a.term < b.term))
    .map(({ term, seq }) => ({ text: term, number: seq }))
  await inSlices(sorted, (some) =>
    // WHERE: without it SQLite takes ON CONFLICT for a part of the SELECT.
    sql`
      INSERT INTO message_terms (conversation_id, term, seq)
      SELECT ${id}, text, number FROM ${numberedOf(trx, some)} WHERE true
      ON CONFLICT DO NOTHING
    `.execute(trx),
  )
}

const deleteTerms = (
  trx: Database,
  { conversationId, seq }: Place,
  terms: readonly string[],
): Promise<void> =>
  inSlices(terms, (some) =>
    sql`
      DELETE FROM message_terms
      WHERE conversation_id = ${conversationId} AND seq = ${seq}
        AND term IN (SELECT value FROM ${rowsOf(trx, some)})
    `.execute(trx),
  )

/** Have a message found by what it says now, and by nothing else. */
export async function reindexText(
  trx: Database,
  place: Place,
  { before, after }: { before: string; after: string },
): Promise<void> {
  const next = new Set(termsOf(after))
  const old = allTermsOf(before).filter((term) => !next.has(term))
  await deleteTerms(trx, place, old)
  const rows = [...next].map((term) => ({ term, seq: place.seq }))
  await insertTerms(trx, place.conversationId, rows)
}

/**
 * Have a message found no more. It takes its text as it was, so that nothing else is read; of it all, also
 * what an earlier version found it by.
 */
export const forgetText = (trx: Database, place: Place, text: string): Promise<void> =>
  deleteTerms(trx, place, allTermsOf(text))

/** Where something was said that is not in the index. */
export async function findUnindexed(db: Database): Promise<ConversationId[]> {
  const rows = await db
    .selectFrom('conversations')
    .select('id')
    .whereRef('indexed_seq', '<', 'last_seq')
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
