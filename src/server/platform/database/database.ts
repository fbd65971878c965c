import { mkdir } from 'node:fs/promises'
import { join } from 'node:path'
import { Kysely, Migrator } from 'kysely'
import { migrations } from './migrations/index.ts'
import type { Schema } from './schema.ts'
import { createSqliteDialect } from './sqliteDialect.ts'

/** The database, or a transaction of it: what every repository function takes. */
export type Database = Kysely<Schema>

/**
 * Open `ahoy.sqlite` in the directory and bring its tables up to date.
 * @throws what the failing migration threw; nothing of it stays
 */
export async function openDatabase(dataDir: string): Promise<Database> {
  await mkdir(dataDir, { recursive: true })
  const db = new Kysely<Schema>({ dialect: createSqliteDialect(join(dataDir, 'ahoy.sqlite')) })
  const migrator = new Migrator({
    db,
    provider: { getMigrations: () => Promise.resolve(migrations) },
  })
  const { error } = await migrator.migrateToLatest()
  if (error !== undefined) {
    await db.destroy()
    throw new Error('The database could not be brought up to date', { cause: error })
  }
  return db
}

/** Run the steps in one transaction: all of them happen, or none. */
export function inTransaction<T>(db: Database, run: (trx: Database) => Promise<T>): Promise<T> {
  return db.isTransaction ? run(db) : db.transaction().execute(run)
}
