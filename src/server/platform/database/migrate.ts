import { Migrator, type Kysely } from 'kysely'
import { DatabaseUnusable } from './databaseUnusable.ts'
import { migrations } from './migrations/index.ts'
import type { Schema } from './schema.ts'

/** What the operator can fix, in words; null: it is a bug. */
function reasonOf({ message }: Error, isFirst: boolean): string | null {
  // Kysely has no codes for these.
  if (message.startsWith('corrupted migrations'))
    return 'it was made by a newer version of Ahoy, or by another program; start that one, or choose another database'
  // The very first migration failed, so the tables are not ours.
  if (isFirst && /^(?:table|relation) "?\w+"? already exists$/.test(message))
    return 'it is of another program, whose tables have our names; choose another database'
  return null
}

/**
 * Bring the tables up to date. Servers that start at once on PostgreSQL do it one after the other, and
 * the second one finds nothing to do.
 * @param place what may be shown of where it is
 * @throws DatabaseUnusable when it is not one of this version; what the failing migration threw, as the cause;
 *   nothing of it stays, and the database is closed
 */
export async function bringUpToDate(db: Kysely<Schema>, place: string): Promise<Kysely<Schema>> {
  const migrator = new Migrator({
    db,
    provider: { getMigrations: () => Promise.resolve(migrations) },
  })
  const { error, results = [] } = await migrator.migrateToLatest()
  if (error !== undefined) {
    await db.destroy()
    const isFirst = results[0]?.migrationName === Object.keys(migrations)[0]
    const reason = error instanceof Error ? reasonOf(error, isFirst) : null
    if (reason !== null) throw new DatabaseUnusable(place, reason, { cause: error })
    throw new Error('The database could not be brought up to date', { cause: error })
  }
  return db
}
