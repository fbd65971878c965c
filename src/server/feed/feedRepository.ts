import { setImmediate as nextTurn } from 'node:timers/promises'
import * as v from 'valibot'
import type { UserId } from '#shared/ids.ts'
import { FeedEntry, type FeedItem } from '#shared/protocol/feed.ts'
import type { Database } from '#server/platform/database/database.ts'
import { preparedRows } from '#server/platform/database/prepared.ts'
import type { FeedMessages } from './feedMessages.ts'
import { insertShared, keep, withEntries, type Kept } from './sharedEntryRepository.ts'

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

/** Rows as entries; null where a shared one was pruned meanwhile. */
export async function itemsOf(
  { db, messages }: { db: Database; messages: FeedMessages },
  userId: UserId,
  rows: readonly FeedRow[],
): Promise<FeedItem[] | null> {
  const kept = await withEntries(db, rows)
  if (kept === null) return null
  const items = kept.map((row) => ({ ...row, entry: v.parse(Stored, row.entry) }))
  const [quoted, whole] = [idsOf(items, true), idsOf(items, false)]
  const views = await messages.find(db, whole, userId)
  const quotes = await messages.findQuotes(db, quoted, userId)
  return items.map(({ pos, message_id: id, entry }) => {
    if (id === null) return { pos, entry: v.parse(FeedEntry, entry) }
    const of = isQuoted(entry) ? { quote: quotes.get(id) } : { message: views.get(id) }
    return { pos, entry: v.parse(FeedEntry, { ...entry, ...of }) }
  })
}
