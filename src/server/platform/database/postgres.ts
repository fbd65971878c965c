import { Kysely, sql } from 'kysely'
import type { PoolConfig } from 'pg'
import type { Database } from './database.ts'
import { DatabaseUnusable } from './databaseUnusable.ts'
import { bringUpToDate } from './migrate.ts'
import { createPostgresDialect } from './postgresDialect.ts'
import { BoundedPool } from './postgresPool.ts'
import type { Schema } from './schema.ts'

/** Transactions that run at once; the others wait for a connection. */
const CONNECTIONS_MAX = 10
/** A connection that can't be had for so long fails what waits for it. */
const CONNECT_TIMEOUT_MS = 10_000
/** After 15 s nobody waits for the answer to a request any more [HS6]. */
const LIMITS: PostgresLimits = { lock: 10_000, statement: 15_000, answer: 20_000 }
/** PostgreSQL's number for its integer of 8 bytes. */
const INT8 = 20

/** Host, port and name of a database: what of its URL may be shown. */
function placeOf(url: string): string {
  const { host, pathname, searchParams } = new URL(url)
  return `${searchParams.get('host') ?? host}${pathname}`
}

/** @throws RangeError for what a number would round */
export function toSafeInteger(text: string): number {
  const value = Number(text)
  if (!Number.isSafeInteger(value)) throw new RangeError('an integer of the database is too large')
  return value
}

export interface PostgresOptions {
  /** `postgres://user:password@host:port/name` */
  url: string
  /** A connection broke, and what was done on it with it; who needs one the next time gets another. */
  onLost: (error: Error) => void
  /** A statement took too long and was given up. */
  onLate?: (error: Error) => void
  /** Shorter in tests. */
  limits?: PostgresLimits
}

/** Time limits, ms. */
export interface PostgresLimits {
  /** A statement may wait for a lock. */
  lock: number
  /** A statement may take in all. */
  statement: number
  /** We wait for PostgreSQL to answer at all. */
  answer: number
}

const timeoutsOf = ({ lock, statement, answer }: PostgresLimits): PoolConfig => ({
  lock_timeout: lock,
  statement_timeout: statement,
  query_timeout: answer,
})

/** The driver is loaded here, so that who has SQLite never loads it. */
async function connect(options: PostgresOptions, limits?: PostgresLimits): Promise<Database> {
  const { url, onLost, onLate = () => undefined } = options
  const { default: pg } = await import('pg')
  const types = new pg.TypeOverrides()
  types.setTypeParser(INT8, toSafeInteger)
  const pool = new pg.Pool({
    connectionString: url,
    max: CONNECTIONS_MAX,
    connectionTimeoutMillis: CONNECT_TIMEOUT_MS,
    keepAlive: true,
    types,
    ...(limits === undefined ? {} : timeoutsOf(limits)),
  })
  // One that breaks within a transaction tells nobody else, and what nobody hears ends the process.
  pool.on('connect', (client) => client.on('error', onLost))
  // Of one that breaks unused the pool tells a second time.
  pool.on('error', () => undefined)
  return new Kysely<Schema>({ dialect: createPostgresDialect(new BoundedPool({ pool, onLate })) })
}

/** Texts of any language have a place in it, and what was acknowledged is on its disk [CH2]. */
async function requireFit(db: Database, url: string): Promise<void> {
  const { encoding, commit } = await settingsOf(db, url)
  if (encoding !== 'UTF8')
    throw new DatabaseUnusable(placeOf(url), `its encoding is ${encoding}, not UTF8`)
  if (commit === 'off') {
    throw new DatabaseUnusable(
      placeOf(url),
      'its synchronous_commit is off, so that a crash loses messages',
    )
  }
}

async function settingsOf(
  db: Database,
  url: string,
): Promise<{ encoding: string; commit: string }> {
  try {
    const { rows } = await sql<{ encoding: string; commit: string }>`
      SELECT current_setting('server_encoding') AS encoding,
        current_setting('synchronous_commit') AS commit
    `.execute(db)
    return rows[0] ?? { encoding: 'unknown', commit: 'unknown' }
  } catch (cause) {
    throw new DatabaseUnusable(placeOf(url), wordsOf(cause))
  }
}

/** A name with two addresses, neither of which answers, has its reasons inside. */
function wordsOf(cause: unknown): string {
  const causes: unknown[] = cause instanceof AggregateError ? cause.errors : [cause]
  return causes.map((one) => (one instanceof Error ? one.message : String(one))).join('; ')
}

/**
 * Connect to a database of PostgreSQL and bring its tables up to date.
 * @throws DatabaseUnusable when it can't be reached, or is none for us; what a failing migration threw
 */
export async function openPostgres(options: PostgresOptions): Promise<Database> {
  const db = await connect(options, options.limits ?? LIMITS)
  try {
    await requireFit(db, options.url)
    await migrate(options)
  } catch (error) {
    await db.destroy()
    throw error
  }
  return db
}

/** Runs without time limits: changing a large table takes long, and another server may be doing it. */
async function migrate(options: PostgresOptions): Promise<void> {
  const unlimited = await connect(options)
  // On failure it has closed the connection itself.
  await bringUpToDate(unlimited, placeOf(options.url))
  await unlimited.destroy()
}
