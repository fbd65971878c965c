import { Migrator, type Kysely } from 'kysely'
import { migrations } from './migrations/index.ts'
import type { Schema } from './schema.ts'

/**
 * Bring the tables up to date. Servers that start at once on PostgreSQL do it one after the other, and
 * the second one finds nothing to do.
 * @throws what the failing migration threw, as the cause; nothing of it stays, and the database is closed
 */
export async function bringUpToDate(db: Kysely<Schema>): Promise<Kysely<Schema>> {
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
