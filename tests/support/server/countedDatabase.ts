import { CompiledQuery, type KyselyPlugin } from 'kysely'
import * as v from 'valibot'
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

const Plan = v.array(v.object({ detail: v.string() }))

/** A database of SQLite that notes the work of each statement. */
export async function createCountedDatabase(): Promise<{
  db: Database
  statements: Statement[]
  /** How SQLite goes about the last statement. */
  planOfLast: () => Promise<string[]>
}> {
  const statements: Statement[] = []
  let last = CompiledQuery.raw('SELECT 1')
  const plugin: KyselyPlugin = {
    transformQuery({ node, queryId }) {
      last = db.getExecutor().compileQuery(node, queryId)
      return node
    },
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
  const planOfLast = async (): Promise<string[]> => {
    const plan = CompiledQuery.raw(`EXPLAIN QUERY PLAN ${last.sql}`, [...last.parameters])
    return v.parse(Plan, (await db.executeQuery(plan)).rows).map(({ detail }) => detail)
  }
  return { db: db.withPlugin(plugin), statements, planOfLast }
}
