import { setTimeout as pause } from 'node:timers/promises'
import type { PostgresPool, PostgresPoolClient } from 'kysely'
import type { Pool, PoolClient, QueryResult } from 'pg'
import { AppError } from '#shared/errors.ts'

/** How long running queries may take when the pool ends; then their connections are cut. */
const END_GRACE_MS = 1_000

/** A lock that was not to be had in time (55P03), a statement that took too long (57014). */
const LATE_CODES = new Set<unknown>(['55P03', '57014'])
/** The words of `pg` for an answer and for a connection that did not come in time: it has no codes. */
const NO_ANSWER = 'Query read timeout'
const LATE_TEXTS = new Set([NO_ANSWER, 'timeout exceeded when trying to connect'])

const isLate = (error: unknown): error is Error =>
  error instanceof Error &&
  (LATE_TEXTS.has(error.message) || ('code' in error && LATE_CODES.has(error.code)))

export interface BoundedPoolOptions {
  readonly pool: Pool
  /** Something took too long. */
  readonly onLate: (error: Error) => void
}

/** A pool for Kysely that turns timeouts into typed errors and can always be ended. */
export class BoundedPool implements PostgresPool {
  readonly #options: BoundedPoolOptions
  /** Clients in use. */
  readonly #clients = new Set<PoolClient>()
  readonly #waiting = new Set<(error: Error) => void>()

  constructor(options: BoundedPoolOptions) {
    this.#options = options
  }

  async connect(): Promise<PostgresPoolClient> {
    const client = await this.#take()
    this.#clients.add(client)
    let isStuck = false
    const query = async (sql: string, parameters: readonly unknown[]): Promise<QueryResult> => {
      // A query on this client would wait behind the one that was never answered.
      if (isStuck) throw new AppError('request/timed-out')
      try {
        return await client.query(sql, [...parameters])
      } catch (error) {
        isStuck = error instanceof Error && error.message === NO_ANSWER
        throw this.#translate(error)
      }
    }
    return {
      // Kysely also allows cursors; we use none.
      query: query as unknown as PostgresPoolClient['query'],
      release: () => {
        this.#clients.delete(client)
        client.release(isStuck)
      },
    }
  }

  /** Resolves even if a query never ends: a stopping process must not wait for it. */
  async end(): Promise<void> {
    const ended = this.#options.pool.end()
    if (await isSoon(ended)) return
    for (const refuse of this.#waiting) refuse(new Error('the database is closed'))
    for (const client of this.#clients) client.end().catch(() => undefined)
    await isSoon(ended)
  }

  async #take(): Promise<PoolClient> {
    const taken = this.#options.pool.connect()
    const { promise: refused, reject } = Promise.withResolvers<never>()
    this.#waiting.add(reject)
    try {
      return await Promise.race([taken, refused])
    } catch (error) {
      // A client that arrives after that is not needed.
      taken.then(
        (client) => {
          client.release(true)
        },
        () => undefined,
      )
      throw this.#translate(error)
    } finally {
      this.#waiting.delete(reject)
    }
  }

  #translate(error: unknown): unknown {
    if (!isLate(error)) return error
    this.#options.onLate(error)
    return new AppError('request/timed-out', { cause: error })
  }
}

async function isSoon(done: Promise<void>): Promise<boolean> {
  const over = new AbortController()
  const { signal } = over
  try {
    return await Promise.race([done.then(() => true), pause(END_GRACE_MS, false, { signal })])
  } finally {
    over.abort()
  }
}
