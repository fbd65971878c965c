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

/** The same with a number beside each text: `text` and `number`. */
export function numberedOf(
  db: Database,
  rows: readonly { text: string; number: number }[],
): RawBuilder<unknown> {
  const list = JSON.stringify(rows)
  if (hasLocks(db)) {
    return sql`json_to_recordset(CAST(${list} AS json)) AS numbered (text text, number bigint)`
  }
  return sql`(SELECT value ->> 'text' AS text, value ->> 'number' AS number FROM json_each(${list}))`
}

/** Numbers as what stands behind IN. */
export function numbersOf(db: Database, numbers: readonly number[]): RawBuilder<number> {
  const list = JSON.stringify(numbers)
  if (hasLocks(db)) {
    return sql`(SELECT CAST(value AS bigint) FROM json_array_elements_text(CAST(${list} AS json)))`
  }
  return sql`(SELECT value FROM json_each(${list}))`
}
