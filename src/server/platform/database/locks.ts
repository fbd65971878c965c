import { PostgresAdapter, sql, type Kysely } from 'kysely'
import type { Schema } from './schema.ts'

/** Rows that a transaction can hold, in the order in which it has to take them. */
type Lockable = 'users' | 'conversations' | 'feed_heads'

const KEYS = { users: 'id', conversations: 'id', feed_heads: 'user_id' } as const satisfies {
  [T in Lockable]: keyof Schema[T]
}

/** Whether transactions run at the same time; on SQLite one runs after the other. */
export const hasLocks = (db: Kysely<Schema>): boolean =>
  db.getExecutor().adapter instanceof PostgresAdapter

/**
 * Hold these rows until the transaction ends: who else asks for one of them waits, who only refers to it
 * does not. Always users before conversations before feed heads, each in the order of their ids, so that no
 * two transactions wait for each other. SQLite is asked nothing.
 */
export async function lockRows(
  trx: Kysely<Schema>,
  table: Lockable,
  ids: readonly string[],
): Promise<void> {
  if (!hasLocks(trx) || ids.length === 0) return
  const key = sql.ref(KEYS[table])
  await sql`
    SELECT 1 FROM ${sql.table(table)} WHERE ${key} IN (${sql.join(ids)})
    ORDER BY ${key} FOR NO KEY UPDATE
  `.execute(trx)
}
