import * as v from 'valibot'
import { uuidv7 } from 'uuidv7'
import type { FeedEntry } from '#shared/protocol/feed.ts'
import type { Database } from '#server/platform/database/database.ts'

/** A longer entry that several are told is kept once: a group of 500 is told to each of them, whole. */
const LONG_CHARS = 1_000

/** What a row of a feed has in the place of a shared entry. */
const Reference = v.object({ kind: v.literal('shared'), id: v.string() })

/** An entry as it is kept: its message apart, the rest as JSON. */
export interface Kept {
  readonly messageId: string | null
  readonly entry: string
}

interface SharedEntry {
  readonly id: string
  readonly entry: string
}

/**
 * How entries are kept in the rows of feeds, each worked out once.
 * @param told the entry of each row; who is told the same is told the same object
 */
export function keep(
  told: readonly FeedEntry[],
  stored: (entry: FeedEntry) => Kept,
): { kept: ReadonlyMap<FeedEntry, Kept>; shared: readonly SharedEntry[] } {
  const shared: SharedEntry[] = []
  const kept = new Map<FeedEntry, Kept>()
  for (const [entry, { length }] of Map.groupBy(told, (one) => one)) {
    const whole = stored(entry)
    if (length === 1 || whole.entry.length <= LONG_CHARS) {
      kept.set(entry, whole)
      continue
    }
    const id = uuidv7()
    shared.push({ id, entry: whole.entry })
    kept.set(entry, { ...whole, entry: JSON.stringify({ kind: 'shared', id }) })
  }
  return { kept, shared }
}

export async function insertShared(
  trx: Database,
  shared: readonly SharedEntry[],
  createdAt: number,
): Promise<void> {
  if (shared.length === 0) return
  const rows = shared.map(({ id, entry }) => ({ id, entry, created_at: createdAt }))
  await trx.insertInto('shared_entries').values(rows).execute()
}

/** Whether an entry is long, its shared text included. @param entry as stored in a row of the feed */
export const isLong = (entry: string): boolean =>
  entry.length > LONG_CHARS || v.is(Reference, JSON.parse(entry))

/** Rows of a feed with their entries; null where a shared one was pruned meanwhile. */
export async function withEntries<T extends { readonly entry: string }>(
  db: Database,
  rows: readonly T[],
): Promise<(Omit<T, 'entry'> & { entry: unknown })[] | null> {
  const own = rows.map((row) => ({ ...row, entry: JSON.parse(row.entry) as unknown }))
  const ids = own.flatMap(({ entry }) => (v.is(Reference, entry) ? entry.id : []))
  if (ids.length === 0) return own
  const found = await db
    .selectFrom('shared_entries')
    .select(['id', 'entry'])
    .where('id', 'in', ids)
    .execute()
  if (found.length < new Set(ids).size) return null
  const shared = new Map(found.map(({ id, entry }) => [id, JSON.parse(entry) as unknown]))
  return own.map((row) =>
    v.is(Reference, row.entry) ? { ...row, entry: shared.get(row.entry.id) } : row,
  )
}
