import { DatabaseSync, type SQLInputValue, type StatementSync } from 'node:sqlite'
import type { CompiledQuery, QueryResult } from 'kysely'

/** A connection with a database file. */
export interface File {
  execute: (query: CompiledQuery) => QueryResult<unknown>
  exec: (sql: string) => void
  readonly isTransaction: boolean
  close: () => void
}

interface Prepared {
  readonly statement: StatementSync
  /** It answers with rows. */
  readonly isReading: boolean
}

/** Statements that are kept; all that have no lists in them are a few hundred. */
const PREPARED_MAX = 500
/** How long another process may hold the file, ms. */
const BUSY_MS = 5_000

/** Open it, and make it where there is none. */
export function openToWrite(path: string): File {
  const database = new DatabaseSync(path, { enableForeignKeyConstraints: true, timeout: BUSY_MS })
  // FULL: what was acknowledged survives a power cut [CH2].
  database.exec('PRAGMA journal_mode = WAL; PRAGMA synchronous = FULL')
  // A group of messages changes many pages: they stay in memory until it is written, and are copied
  // from the log into the file when there are many of them (40 MB), not after nearly each group.
  database.exec('PRAGMA cache_size = -32768; PRAGMA wal_autocheckpoint = 10000')
  // From here on who waits for another process does so without holding up this one.
  database.exec('PRAGMA busy_timeout = 0')
  return fileOf(database)
}

/** Open one that is there. What it reads was on disk when it began to read. */
export const openToRead = (path: string): File =>
  fileOf(new DatabaseSync(path, { readOnly: true, timeout: BUSY_MS }))

function fileOf(database: DatabaseSync): File {
  const prepare = createPreparing(database)
  return {
    execute({ sql, parameters }) {
      const { statement, isReading } = prepare(sql)
      // What a repository binds is checked by the schema's types: text, numbers and null.
      const bound = parameters as readonly SQLInputValue[]
      if (isReading) return { rows: statement.all(...bound) }
      return { rows: [], numAffectedRows: BigInt(statement.run(...bound).changes) }
    },
    exec: (sql) => {
      database.exec(sql)
    },
    get isTransaction() {
      return database.isTransaction
    },
    close: () => {
      database.close()
    },
  }
}

/** The same texts come again and again, and to understand one takes as long as to run it. */
function createPreparing(database: DatabaseSync): (sql: string) => Prepared {
  const known = new Map<string, Prepared>()
  return (sql) => {
    const kept = known.get(sql)
    if (kept !== undefined) return kept
    const statement = database.prepare(sql)
    const prepared = { statement, isReading: statement.columns().length > 0 }
    // Lists of any length make texts without end.
    if (known.size < PREPARED_MAX) known.set(sql, prepared)
    return prepared
  }
}
