import { describe, expect, it, onTestFinished } from 'vitest'
import { sql } from 'kysely'
import { inTransaction, openDatabase, type Database } from '#server/platform/database/database.ts'
import { createTempDir } from '../../support/server/testApp.ts'

async function open(dataDir: string): Promise<Database> {
  const db = await openDatabase(dataDir)
  onTestFinished(() => db.destroy())
  return db
}

async function pragma(db: Database, name: string): Promise<unknown> {
  const { rows } = await sql<Record<string, unknown>>`PRAGMA ${sql.raw(name)}`.execute(db)
  return Object.values(rows[0] ?? {})[0]
}

const addUser = (db: Database, id: string) =>
  db
    .insertInto('users')
    .values({ id, mobile: id, nickname: id, password_hash: '', created_at: 1 })
    .execute()

const userIds = async (db: Database): Promise<string[]> => {
  const rows = await db.selectFrom('users').select('id').orderBy('id').execute()
  return rows.map(({ id }) => id)
}

describe('openDatabase', () => {
  it('[CH2] writes ahead, to the disk, with references checked', async () => {
    const db = await open(await createTempDir())
    expect(await pragma(db, 'journal_mode')).toBe('wal')
    expect(await pragma(db, 'synchronous')).toBe(2)
    expect(await pragma(db, 'foreign_keys')).toBe(1)
  })

  it('opens what it made before, with what is in it', async () => {
    const directory = await createTempDir()
    const first = await openDatabase(directory)
    await addUser(first, 'a')
    await first.destroy()
    expect(await userIds(await open(directory))).toEqual(['a'])
  })

  it('refuses a member of a conversation that is not there', async () => {
    const db = await open(await createTempDir())
    await addUser(db, 'a')
    const member = { conversation_id: 'none', user_id: 'a', read_seq: 0 }
    await expect(db.insertInto('members').values(member).execute()).rejects.toThrow(/FOREIGN KEY/)
  })
})

describe('inTransaction', () => {
  it('keeps nothing of a transaction that throws', async () => {
    const db = await open(await createTempDir())
    const failing = inTransaction(db, async (trx) => {
      await addUser(trx, 'a')
      throw new Error('on purpose')
    })
    await expect(failing).rejects.toThrow('on purpose')
    expect(await userIds(db)).toEqual([])
  })

  it('lets nobody see or change anything in between', async () => {
    const db = await open(await createTempDir())
    const seen: string[][] = []
    const slow = inTransaction(db, async (trx) => {
      await addUser(trx, 'a')
      await new Promise((resolve) => setImmediate(resolve))
      await addUser(trx, 'b')
    })
    const reader = userIds(db).then((ids) => seen.push(ids))
    const alone = addUser(db, 'd')
    const other = inTransaction(db, (trx) => addUser(trx, 'c'))
    await Promise.all([slow, reader, alone, other])
    expect(seen).toEqual([[]])
    expect(await userIds(db)).toEqual(['a', 'b', 'c', 'd'])
  })

  it('is part of the transaction that it is called in', async () => {
    const db = await open(await createTempDir())
    const outer = inTransaction(db, async (trx) => {
      await inTransaction(trx, (same) => addUser(same, 'a'))
      throw new Error('on purpose')
    })
    await expect(outer).rejects.toThrow('on purpose')
    expect(await userIds(db)).toEqual([])
  })
})
