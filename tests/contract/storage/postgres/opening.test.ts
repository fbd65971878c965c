import { describe, expect, it } from 'vitest'
import { inTransaction } from '#server/platform/database/database.ts'
import { DatabaseUnusable } from '#server/platform/database/databaseUnusable.ts'
import { migrations } from '#server/platform/database/migrations/index.ts'
import { openPostgres } from '#server/platform/database/postgres.ts'
import { emptyDatabase } from '../../../support/postgres/emptyDatabase.ts'
import { accountOf, conversationWith } from '../../../support/server/friends.ts'
import { createTestApp } from '../../../support/server/testApp.ts'

/** All connections but the one that says it. */
const CUT = `SELECT pg_terminate_backend(pid) FROM pg_stat_activity
  WHERE datname = current_database() AND pid <> pg_backend_pid()`
const NOBODY = 'postgres://ahoy:a-secret@127.0.0.1:1/ahoy'
const onLost = (error: Error): never => {
  throw error
}

describe('a database of PostgreSQL', () => {
  it('gets its tables once, also of servers that begin at the same time', async () => {
    const { open, ask } = emptyDatabase()
    await Promise.all([open(), open(), open()])
    await open()
    const names = ask('SELECT name FROM kysely_migration ORDER BY name').trim().split('\n')
    expect(names).toEqual(Object.keys(migrations))
  })

  it('gets the demo accounts once, also of servers that begin at the same time', async () => {
    const { url, ask } = emptyDatabase()
    const env = { DATABASE_URL: url }
    const [one, other] = await Promise.all([createTestApp({ env }), createTestApp({ env })])
    expect(ask('SELECT count(*) FROM users').trim()).toBe('10')
    expect(ask('SELECT count(*) FROM contacts').trim()).toBe('90')
    const { id } = await accountOf(await other.demo(2))
    expect(await conversationWith(await one.demo(1), id)).toEqual(expect.any(String))
  })

  it('compares text by its bytes, whatever its language', async () => {
    const db = await emptyDatabase().open()
    const ids = ['一', 'é', 'z', 'a', 'B', '_', '1']
    const user = { nickname: '', password_hash: '', created_at: 0 }
    await db
      .insertInto('users')
      .values(ids.map((id) => ({ id, mobile: id, ...user })))
      .execute()
    const rows = await db.selectFrom('users').select('id').orderBy('id').execute()
    expect(rows.map(({ id }) => id)).toEqual(['1', 'B', '_', 'a', 'z', 'é', '一'])
  })

  it('gives its large integers as numbers', async () => {
    const db = await emptyDatabase().open()
    const user = { id: 'a', mobile: 'a', nickname: 'a', password_hash: '' }
    await db
      .insertInto('users')
      .values({ ...user, created_at: Number.MAX_SAFE_INTEGER })
      .execute()
    const row = await db.selectFrom('users').select('created_at').executeTakeFirst()
    expect(row).toEqual({ created_at: Number.MAX_SAFE_INTEGER })
  })

  it('is served on when its connections were cut', async () => {
    const { open, ask, lost } = emptyDatabase()
    const db = await open()
    ask(CUT)
    await expect.poll(() => lost.length).toBeGreaterThan(0)
    expect(await db.selectFrom('users').selectAll().execute()).toEqual([])
  })

  it('takes what a cut transaction had done away, and is served on', async () => {
    const { open, ask, lost } = emptyDatabase()
    const db = await open()
    const user = { id: 'a', mobile: 'a', nickname: '', password_hash: '', created_at: 0 }
    const cut = inTransaction(db, async (trx) => {
      await trx.insertInto('users').values(user).execute()
      ask(CUT)
      await expect.poll(() => lost.length).toBeGreaterThan(0)
      await trx.selectFrom('users').selectAll().execute()
    })
    await expect(cut).rejects.toThrow()
    expect(await db.selectFrom('users').selectAll().execute()).toEqual([])
  })

  it('that is not there is told, without its password', async () => {
    await expect(openPostgres({ url: NOBODY, onLost })).rejects.toThrow(
      /^The database at 127.0.0.1:1\/ahoy can't be used: connect ECONNREFUSED/,
    )
  })

  it.each([
    [
      'of a newer version',
      `INSERT INTO kysely_migration VALUES ('9999-later', '')`,
      /a newer version of Ahoy/,
    ],
    ['of another program', 'DROP TABLE kysely_migration', /of another program/],
  ])('%s is refused with words', async (_what, sql, words) => {
    const { ask, open } = emptyDatabase()
    await open()
    ask(sql)
    await expect(open()).rejects.toThrow(words)
    await expect(open()).rejects.toBeInstanceOf(DatabaseUnusable)
  })

  it('that can hold no Chinese is refused', async () => {
    const { open } = emptyDatabase(`ENCODING 'LATIN1' LC_COLLATE 'C' LC_CTYPE 'C'`)
    await expect(open()).rejects.toThrow(/encoding is LATIN1, not UTF8/)
  })

  it('[CH2] that acknowledges what is not on its disk is refused', async () => {
    const { ask, open } = emptyDatabase()
    const name = ask('SELECT current_database()').trim()
    ask(`ALTER DATABASE ${name} SET synchronous_commit = off`)
    await expect(open()).rejects.toThrow(/synchronous_commit is off/)
  })
})
