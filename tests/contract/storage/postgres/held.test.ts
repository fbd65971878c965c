import { sql } from 'kysely'
import { expect, it, onTestFinished } from 'vitest'
import type { Database } from '#server/platform/database/database.ts'
import { openPostgres } from '#server/platform/database/postgres.ts'
import { emptyDatabase } from '../../../support/postgres/emptyDatabase.ts'
import { logIn } from '../../../support/server/logIn.ts'
import { startServer } from '../../../support/server/serverProcess.ts'
import { createTempDir } from '../../../support/server/testApp.ts'

/** Another session, which holds these tables for as long as the test takes, or until it lets go. */
async function hold(db: Database, ...tables: string[]): Promise<() => Promise<void>> {
  const held = Promise.withResolvers<undefined>()
  const over = Promise.withResolvers<undefined>()
  const done = db.transaction().execute(async (trx) => {
    const names = sql.join(tables.map((table) => sql.table(table)))
    await sql`LOCK TABLE ${names} IN ACCESS EXCLUSIVE MODE`.execute(trx)
    held.resolve(undefined)
    await over.promise
  })
  await held.promise
  const letGo = async (): Promise<void> => {
    over.resolve(undefined)
    await done
  }
  onTestFinished(letGo)
  return letGo
}

/** How many statements wait for a lock. */
async function waitersIn(db: Database): Promise<number> {
  const { rows } = await sql`
    SELECT pid FROM pg_stat_activity
    WHERE datname = current_database() AND wait_event_type = 'Lock'
  `.execute(db)
  return rows.length
}

async function asleepIn(db: Database): Promise<number> {
  const { rows } = await sql`
    SELECT pid FROM pg_stat_activity
    WHERE datname = current_database() AND wait_event = 'PgSleep'
  `.execute(db)
  return rows.length
}

const LONG = 600_000
const limits = { lock: LONG, statement: LONG, answer: LONG }

const SLEEP = sql`SELECT pg_sleep(60)`

it.each([
  ['a lock that is not to be had', { ...limits, lock: 50 }],
  ['a statement that takes too long', { ...limits, statement: 50 }],
  ['an answer that does not come', { ...limits, answer: 50 }],
])('%s is a typed error, and others are served', async (_what, short) => {
  const { url, open } = emptyDatabase()
  const letGo = await hold(await open(), 'users')
  const late: Error[] = []
  const db = await openPostgres({
    url,
    limits: short,
    onLost: () => undefined,
    onLate: (error) => late.push(error),
  })
  onTestFinished(() => db.destroy())
  const asked = Array.from({ length: 20 }, () => db.selectFrom('users').selectAll().execute())
  const results = await Promise.allSettled(asked)
  expect(results).toEqual(
    asked.map(() => ({
      status: 'rejected',
      reason: expect.objectContaining({ code: 'request/timed-out' }) as unknown,
    })),
  )
  expect(late).toHaveLength(asked.length)
  await letGo()
  await expect
    .poll(() =>
      db
        .selectFrom('users')
        .selectAll()
        .execute()
        .catch(() => null),
    )
    .toEqual([])
})

it('changes its tables without any limit', async () => {
  const { url, open } = emptyDatabase()
  const first = await open()
  const letGo = await hold(first, 'kysely_migration', 'kysely_migration_lock')
  const opening = openPostgres({ url, onLost: () => undefined })
  await expect.poll(() => waitersIn(first)).toBe(1)
  await letGo()
  const db = await opening
  onTestFinished(() => db.destroy())
  const { rows } = await sql`SHOW statement_timeout`.execute(db)
  expect(rows).not.toEqual([{ statement_timeout: '0' }])
})

it('ends although something is still asked, and refuses whoever waits for a connection', async () => {
  const { open } = emptyDatabase()
  const [db, other] = [await open(), await open()]
  const asked = Array.from({ length: 20 }, () => SLEEP.execute(db))
  const results = Promise.allSettled(asked)
  await expect.poll(() => asleepIn(other)).toBe(10)
  await db.destroy()
  expect((await results).map(({ status }) => status)).toEqual(asked.map(() => 'rejected'))
})

it('a server whose database is held by somebody ends when it is asked to', async () => {
  const { url, open } = emptyDatabase()
  const directory = await createTempDir()
  const env = { DATA_DIR: directory, DATABASE_URL: url }
  const server = await startServer(env)
  const origin = await server.address()
  const { cookie } = await logIn(origin)
  const other = await open()
  await hold(other, 'contacts', 'heartbeat')
  const waiting = Array.from({ length: 12 }, () =>
    fetch(`${origin}/api/contacts`, { headers: { cookie } }).catch(() => null),
  )
  await expect.poll(() => waitersIn(other)).toBe(10)
  server.signal('SIGTERM')
  expect(await server.exited).toBe(0)
  await Promise.all(waiting)
})
