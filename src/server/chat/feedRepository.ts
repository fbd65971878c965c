import { setImmediate as nextTurn } from 'node:timers/promises'
import * as v from 'valibot'
import type { ConversationId, UserId } from '#shared/ids.ts'
import { FeedEntry, type FeedItem } from '#shared/protocol/feed.ts'
import type { Database } from '#server/platform/database/database.ts'
import { lockRows } from '#server/platform/database/locks.ts'
import { preparedRows } from '#server/platform/database/prepared.ts'
import { findQuotes } from './messageDetails.ts'
import { findMessages } from './messageRepository.ts'
import { insertShared, keep, withEntries, type Kept } from './sharedEntries.ts'

const positionsTaken = preparedRows((trx, rows: readonly { userId: UserId; count: number }[]) =>
  trx
    .insertInto('feed_heads')
    .values(rows.map(({ userId, count }) => ({ user_id: userId, pos: count, acked_pos: 0 })))
    .onConflict((conflict) =>
      conflict.column('user_id').doUpdateSet((update) => ({
        pos: update('feed_heads.pos', '+', update.ref('excluded.pos')),
      })),
    )
    .returning(['user_id', 'pos']),
)

/**
 * Take the next places in these feeds, so many in each. The rows stay locked until the transaction ends.
 * @returns the last place of each
 */
export async function takePositions(
  trx: Database,
  counts: ReadonlyMap<UserId, number>,
): Promise<ReadonlyMap<UserId, number>> {
  const rows = await positionsTaken(
    trx,
    [...counts].map(([userId, count]) => ({ userId, count })),
  )
  return new Map(rows.map((row) => [row.user_id, row.pos]))
}

/** Hold feeds that more than one step of a transaction writes to; `takePositions` alone needs no more. */
export const lockHeads = (trx: Database, userIds: readonly UserId[]): Promise<void> =>
  lockRows(trx, 'feed_heads', userIds)

/** The last pos of a user, and the last one that a device of theirs has acknowledged. */
export async function findHead(
  db: Database,
  userId: UserId,
): Promise<{ pos: number; ackedPos: number }> {
  const row = await db
    .selectFrom('feed_heads')
    .select(['pos', 'acked_pos as ackedPos'])
    .where('user_id', '=', userId)
    .executeTakeFirst()
  return row ?? { pos: 0, ackedPos: 0 }
}

/** So much is written in one turn of the event loop. */
export const ROWS_TOGETHER = 250
const CHARS_TOGETHER = 500_000

interface ItemRow extends Kept {
  readonly userId: UserId
  readonly pos: number
  readonly createdAt: number
}

const itemsInserted = preparedRows((trx, rows: readonly ItemRow[]) =>
  trx.insertInto('feed').values(
    rows.map((row) => ({
      user_id: row.userId,
      pos: row.pos,
      created_at: row.createdAt,
      message_id: row.messageId,
      entry: row.entry,
    })),
  ),
)

/** A message is kept once, in its own table, and nothing of it here: it may be taken back. */
function stored(entry: FeedEntry): Kept {
  if ('message' in entry) {
    const { message, ...rest } = entry
    return { messageId: message.id, entry: JSON.stringify(rest) }
  }
  if (entry.kind === 'quoted') {
    const { quote, ...rest } = entry
    return { messageId: quote.id, entry: JSON.stringify(rest) }
  }
  return { messageId: null, entry: JSON.stringify(entry) }
}

/** Write entries, many of them in several turns. @param createdAt ms UTC */
export async function insertItems(
  trx: Database,
  items: readonly { userId: UserId; item: FeedItem }[],
  createdAt: number,
): Promise<void> {
  const told = items.map(({ item }) => item.entry)
  const { kept, shared } = keep(told, stored)
  const rows = items.map(({ userId, item: { pos, entry } }): ItemRow => {
    return { userId, pos, createdAt, ...(kept.get(entry) ?? stored(entry)) }
  })
  await insertShared(trx, shared, createdAt)
  for (const [at, some] of slicesOf(rows).entries()) {
    // The places of many were taken in this one.
    if (at > 0 || rows.length > ROWS_TOGETHER) await nextTurn()
    await itemsInserted(trx, some)
  }
}

function slicesOf(rows: readonly ItemRow[]): ItemRow[][] {
  const slices: ItemRow[][] = []
  let chars = Infinity
  for (const row of rows) {
    const last = slices.at(-1)
    if (last === undefined || last.length === ROWS_TOGETHER || chars >= CHARS_TOGETHER) {
      slices.push([row])
      chars = row.entry.length
    } else {
      last.push(row)
      chars += row.entry.length
    }
  }
  return slices
}

const Stored = v.looseObject({ kind: v.string() })
type Stored = v.InferOutput<typeof Stored>

const isQuoted = ({ kind }: Stored): boolean => kind === 'quoted'

/** Of which messages there are entries; or of which quotes. */
const idsOf = (
  rows: readonly { message_id: string | null; entry: Stored }[],
  areQuoted: boolean,
): string[] => [
  ...new Set(
    rows.flatMap((row) => (isQuoted(row.entry) === areQuoted ? (row.message_id ?? []) : [])),
  ),
]

/** An entry as it is kept. */
export interface FeedRow {
  readonly pos: number
  readonly message_id: string | null
  readonly entry: string
}

/** What comes after a pos, in order, as many as asked for. */
export function findRows(
  db: Database,
  { userId, after, count }: { userId: UserId; after: number; count: number },
): Promise<FeedRow[]> {
  return db
    .selectFrom('feed')
    .select(['pos', 'message_id', 'entry'])
    .where('user_id', '=', userId)
    .where('pos', '>', after)
    .orderBy('pos')
    .limit(count)
    .execute()
}

/** These as they are told; null where one that is shared is gone. */
export async function itemsOf(
  db: Database,
  userId: UserId,
  rows: readonly FeedRow[],
): Promise<FeedItem[] | null> {
  const kept = await withEntries(db, rows)
  if (kept === null) return null
  const items = kept.map((row) => ({ ...row, entry: v.parse(Stored, row.entry) }))
  const [quoted, whole] = [idsOf(items, true), idsOf(items, false)]
  const messages = await findMessages(db, whole, userId)
  const quotes = await findQuotes(db, quoted, userId)
  return items.map(({ pos, message_id: id, entry }) => {
    if (id === null) return { pos, entry: v.parse(FeedEntry, entry) }
    const of = isQuoted(entry) ? { quote: quotes.get(id) } : { message: messages.get(id) }
    return { pos, entry: v.parse(FeedEntry, { ...entry, ...of }) }
  })
}

/** Note that a device has everything up to a pos, if there is such a one. */
export async function acknowledge(trx: Database, userId: UserId, pos: number): Promise<void> {
  await trx
    .updateTable('feed_heads')
    .set({ acked_pos: pos })
    .where('user_id', '=', userId)
    .where('acked_pos', '<', pos)
    .where('pos', '>=', pos)
    .execute()
}

/** A conversation has come to somebody up to a seq. */
export interface Received {
  readonly conversationId: ConversationId
  readonly seq: number
}

/**
 * How far each conversation has come to a user with the entries of these places, or with so many of them.
 * @returns also up to which place that is
 */
export async function findReceived(
  db: Database,
  range: { userId: UserId; after: number; upTo: number; count: number },
): Promise<{ upTo: number; received: Received[] }> {
  const { userId, after, count } = range
  const last = await db
    .selectFrom('feed')
    .select('pos')
    .where('user_id', '=', userId)
    .where('pos', '>', after)
    .where('pos', '<=', range.upTo)
    .orderBy('pos')
    .offset(count - 1)
    .limit(1)
    .executeTakeFirst()
  const upTo = last?.pos ?? range.upTo
  const received = await db
    .selectFrom('feed')
    .innerJoin('messages', 'messages.id', 'feed.message_id')
    .select((column) => [
      'messages.conversation_id as conversationId',
      column.fn.max('messages.seq').as('seq'),
    ])
    .where('feed.user_id', '=', userId)
    .where('feed.pos', '>', after)
    .where('feed.pos', '<=', upTo)
    .where('messages.sender_id', '!=', userId)
    .groupBy('messages.conversation_id')
    .execute()
  return { upTo, received }
}
