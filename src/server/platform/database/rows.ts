import { sql, type RawBuilder } from 'kysely'
import type { Database } from './database.ts'
import { hasLocks } from './locks.ts'

/**
 * Texts as the rows of a table with one column, `value`, in either database: they are one parameter,
 * so that the statement is the same however many there are, and is understood once.
 */
export function rowsOf(db: Database, texts: readonly string[]): RawBuilder<unknown> {
  const list = JSON.stringify(texts)
  if (hasLocks(db)) return sql`json_array_elements_text(CAST(${list} AS json)) AS texts (value)`
  return sql`json_each(${list})`
}
