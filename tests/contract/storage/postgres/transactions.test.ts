import { describe, expect, it } from 'vitest'
import { sql } from 'kysely'
import { inTransaction, type Database } from '#server/platform/database/database.ts'
import { emptyDatabase } from '../../../support/postgres/emptyDatabase.ts'

async function createUsers(ids: readonly string[]): Promise<Database> {
  const db = await emptyDatabase().open()
  const user = { password_hash: '', created_at: 0 }
  await db
    .insertInto('users')
    .values(ids.map((id) => ({ id, mobile: id, nickname: '', ...user })))
    .execute()
  return db
}

const rename = (trx: Database, id: string, nickname: string) =>
  trx.updateTable('users').set({ nickname }).where('id', '=', id).execute()

const namesIn = async (db: Database): Promise<string[]> => {
  const rows = await db.selectFrom('users').select('nickname').orderBy('id').execute()
  return rows.map(({ nickname }) => nickname)
}

/** A gate that opens when so many stand before it, and stays open. */
function gate(count: number): () => Promise<void> {
  let waiting = 0
  let open = (): void => {}
  const opened = new Promise<void>((resolve) => {
    open = resolve
  })
  return () => {
    waiting += 1
    const act = waiting === count ? open : (): void => {}
    act()
    return opened
  }
}

describe('inTransaction on PostgreSQL', () => {
  it('runs at the same time as others', async () => {
    const db = await createUsers(['a', 'b'])
    const both = gate(2)
    const meet = (id: string) =>
      inTransaction(db, async (trx) => {
        await rename(trx, id, 'met')
        await both()
      })
    await Promise.all([meet('a'), meet('b')])
    expect(await namesIn(db)).toEqual(['met', 'met'])
  })

  it('is run again when two wait for each other, and both happen', async () => {
    const db = await createUsers(['a', 'b'])
    const both = gate(2)
    let runs = 0
    const cross = (first: string, second: string) =>
      inTransaction(db, async (trx) => {
        runs += 1
        await rename(trx, first, `first ${first}`)
        await both()
        await rename(trx, second, `${first} was here`)
      })
    await Promise.all([cross('a', 'b'), cross('b', 'a')])
    expect(runs).toBe(3)
    expect([
      ['first a', 'a was here'],
      ['b was here', 'first b'],
    ]).toContainEqual(await namesIn(db))
  })

  it('is not run again for any other fault, and leaves nothing', async () => {
    const db = await createUsers(['a'])
    let runs = 0
    const failing = inTransaction(db, async (trx) => {
      runs += 1
      await rename(trx, 'a', 'changed')
      await sql`SELECT 1 / 0`.execute(trx)
    })
    await expect(failing).rejects.toThrow(/division by zero/)
    expect(runs).toBe(1)
    expect(await namesIn(db)).toEqual([''])
  })

  it('gives up after five times', async () => {
    const db = await createUsers(['a'])
    let runs = 0
    const failing = inTransaction(db, async (trx) => {
      runs += 1
      const same = { id: 'a', mobile: 'b', nickname: '', password_hash: '', created_at: 0 }
      await trx.insertInto('users').values(same).execute()
    })
    await expect(failing).rejects.toThrow(/users_pkey/)
    expect(runs).toBe(5)
  })

  it('reads what others have committed meanwhile, whatever the database prefers', async () => {
    const database = emptyDatabase()
    const name = database.ask('SELECT current_database()').trim()
    database.ask(`ALTER DATABASE ${name} SET default_transaction_isolation = 'serializable'`)
    const db = await database.open()
    const level = await inTransaction(db, (trx) =>
      sql`SELECT current_setting('transaction_isolation') AS level`.execute(trx),
    )
    expect(level.rows).toEqual([{ level: 'read committed' }])
  })
})
