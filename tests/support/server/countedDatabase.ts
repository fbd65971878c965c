import type { KyselyPlugin } from 'kysely'
import { onTestFinished } from 'vitest'
import { openDatabase, type Database } from '#server/platform/database/database.ts'
import { createTempDir } from './testApp.ts'

/** What one statement has done. */
export interface Statement {
  /** Rows that it has answered with. */
  readonly rows: number
  /** Rows that it has written. */
  readonly changed: number
}

/** A database of SQLite that notes the work of each statement. */
export async function createCountedDatabase(): Promise<{
  db: Database
  statements: Statement[]
}> {
  const statements: Statement[] = []
  const plugin: KyselyPlugin = {
    transformQuery: ({ node }) => node,
    transformResult({ result }) {
      statements.push({
        rows: result.rows.length,
        changed: Number(result.numAffectedRows ?? 0),
      })
      return Promise.resolve(result)
    },
  }
  const db = await openDatabase(await createTempDir())
  onTestFinished(() => db.destroy())
  return { db: db.withPlugin(plugin), statements }
}
