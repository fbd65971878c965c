import { mkdir } from 'node:fs/promises'
import { resolve } from 'node:path'
import { Kysely, sql } from 'kysely'
import { DatabaseUnusable } from './databaseUnusable.ts'
import { hasLocks } from './locks.ts'
import { bringUpToDate } from './migrate.ts'
import type { Schema } from './schema.ts'
import { createSqliteDialect } from './sqlite/dialect.ts'

/** The database, or a transaction of it: what every repository function takes. */
export type Database = Kysely<Schema>

/**
 * Open `ahoy.sqlite` in the directory and bring its tables up to date.
 * @throws DatabaseUnusable when it can't be made, or is no database of ours; what the failing migration threw:
 *   nothing of it stays
 */
export async function openDatabase(dataDir: string): Promise<Database> {
  const path = resolve(dataDir, 'ahoy.sqlite')
  const db = new Kysely<Schema>({ dialect: createSqliteDialect(path) })
  try {
    await mkdir(dataDir, { recursive: true })
    // Opens the file, and reads its first page.
    await sql`SELECT count(*) FROM sqlite_schema`.execute(db)
  } catch (cause) {
    throw new DatabaseUnusable(path, cause instanceof Error ? cause.message : String(cause), {
      cause,
    })
  }
  return bringUpToDate(db, path)
}

/** What ran into another transaction has so many tries in all. */
const TRIES = 5

/**
 * Errors of PostgreSQL after which the same steps may well succeed: two transactions waited for each
 * other (40P01), one saw what the other has changed (40001), or the other one was faster with the same
 * key (23505): its row is found the next time.
 */
const PASSING = new Set<unknown>(['40P01', '40001', '23505'])

const isPassing = (error: unknown): boolean =>
  error instanceof Error && 'code' in error && PASSING.has(error.code)

/**
 * Run the steps in one transaction: all of them happen, or none. On PostgreSQL others run meanwhile, and
 * what ran into one of them is run again, up to five times: whoever is told, is told after it.
 */
export async function inTransaction<T>(
  db: Database,
  run: (trx: Database) => Promise<T>,
): Promise<T> {
  if (db.isTransaction) return run(db)
  for (let tried = 1; ; tried += 1) {
    try {
      return await begin(db).execute(run)
    } catch (error) {
      if (tried === TRIES || !isPassing(error)) throw error
    }
  }
}

/** The locks are made for this isolation, whatever the database's own setting is. */
const begin = (db: Database) =>
  hasLocks(db) ? db.transaction().setIsolationLevel('read committed') : db.transaction()
