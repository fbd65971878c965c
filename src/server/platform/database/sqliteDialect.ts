import { DatabaseSync, type SQLInputValue, type StatementSync } from 'node:sqlite'
import {
  SqliteAdapter,
  SqliteDriver,
  SqliteIntrospector,
  SqliteQueryCompiler,
  type Dialect,
  type SqliteDatabase,
  type SqliteStatement,
} from 'kysely'

/** DDL is transactional in SQLite: a migration that fails half-way leaves nothing behind. */
class TransactionalSqliteAdapter extends SqliteAdapter {
  override get supportsTransactionalDdl(): boolean {
    return true
  }
}

/** The shape that kysely's SQLite driver expects, over a statement of node:sqlite. */
function adaptStatement(statement: StatementSync): SqliteStatement {
  // What a repository binds is checked by the schema's types: text, numbers and null.
  const bound = (parameters: readonly unknown[]) => parameters as readonly SQLInputValue[]
  return {
    reader: statement.columns().length > 0,
    all: (parameters) => statement.all(...bound(parameters)),
    run: (parameters) => statement.run(...bound(parameters)),
    iterate: (parameters) => statement.iterate(...bound(parameters)),
  }
}

/** Statements that are kept; all that have no lists in them are a few hundred. */
const PREPARED_MAX = 500

function openSqlite(path: string): SqliteDatabase {
  const database = new DatabaseSync(path, { enableForeignKeyConstraints: true, timeout: 5_000 })
  // FULL: what was acknowledged survives a power cut [CH2].
  database.exec('PRAGMA journal_mode = WAL; PRAGMA synchronous = FULL')
  const prepared = new Map<string, SqliteStatement>()

  /** The same texts come again and again, and to understand one takes as long as to run it. */
  function prepare(sql: string): SqliteStatement {
    const known = prepared.get(sql)
    if (known !== undefined) return known
    const statement = adaptStatement(database.prepare(sql))
    // Lists of any length make texts without end.
    if (prepared.size < PREPARED_MAX) prepared.set(sql, statement)
    return statement
  }

  return {
    prepare,
    close: () => {
      database.close()
    },
  }
}

/**
 * Kysely's dialect over node:sqlite. There is one connection; kysely's driver lends it to one query or
 * transaction at a time, so a query outside of the running transaction waits for its end: inside of a
 * transaction use its own handle only.
 */
export function createSqliteDialect(path: string): Dialect {
  return {
    createAdapter: () => new TransactionalSqliteAdapter(),
    createDriver: () => new SqliteDriver({ database: () => Promise.resolve(openSqlite(path)) }),
    createIntrospector: (db) => new SqliteIntrospector(db),
    createQueryCompiler: () => new SqliteQueryCompiler(),
  }
}
