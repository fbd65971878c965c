import 'fake-indexeddb/auto'
import { openDB } from 'idb'
import { uuidv7 } from 'uuidv7'
import { describe, expect, it, onTestFinished, vi } from 'vitest'
import type { AccountDatabase } from '#client/platform/database/AccountDatabase.ts'
import { createAccountDatabases } from '#client/platform/database/createAccountDatabases.ts'
import { createMemoryDatabase } from '#client/platform/database/createMemoryDatabase.ts'
import { message, uuid } from '../../../support/client/people.ts'

const databases = createAccountDatabases()

async function openIndexed(): Promise<AccountDatabase> {
  const database = await databases.open(uuidv7())
  onTestFinished(() => {
    database.close()
  })
  return database
}

const ID = uuid(102)
const seqsOf = async (database: AccountDatabase, before: number | null, count = 50) =>
  (await database.readMessages({ conversationId: ID, before, count })).map(
    (one) => (one as { seq: number }).seq,
  )

describe.each([
  ['IndexedDB', openIndexed],
  ['memory', () => Promise.resolve(createMemoryDatabase())],
])('what is kept in %s', (_, open) => {
  it('is a state at a pos, and nothing at first', async () => {
    const database = await open()
    expect(await database.readState()).toBeNull()
    await database.writeState({ pos: 3, parts: { contacts: [1] } }, [])
    expect(await database.readState()).toEqual({ pos: 3, parts: { contacts: [1] } })
  })

  it('never goes back to what a slower tab knew, but takes its messages', async () => {
    const database = await open()
    await database.writeState({ pos: 3, parts: { n: 3 } }, [message(1)])
    await database.writeState({ pos: 2, parts: { n: 2 } }, [message(2)])
    expect(await database.readState()).toEqual({ pos: 3, parts: { n: 3 } })
    expect(await seqsOf(database, null)).toEqual([1, 2])
  })

  it('is paged backwards, each message once', async () => {
    const database = await open()
    const written = [5, 3, 4, 1, 2, 4].map((seq) => message(seq))
    await database.writeMessages(written)
    await database.writeMessages([message(9, { conversationId: uuid(103) })])
    expect(await seqsOf(database, null, 2)).toEqual([4, 5])
    expect(await seqsOf(database, 4, 2)).toEqual([2, 3])
    expect(await seqsOf(database, 1)).toEqual([])
  })

  it('is shown only as far as there is no gap', async () => {
    const database = await open()
    await database.writeMessages([1, 2, 4, 5].map((seq) => message(seq)))
    expect(await seqsOf(database, null)).toEqual([4, 5])
    expect(await seqsOf(database, 4)).toEqual([])
    expect(await seqsOf(database, 3)).toEqual([1, 2])
  })

  it('[CH7] is what waits to be sent', async () => {
    const database = await open()
    await database.putRecord('outbox', { id: 'b', text: 'two' })
    await database.putRecord('outbox', { id: 'a', text: 'one' })
    await database.putRecord('outbox', { id: 'b', text: 'three' })
    expect(await database.readRecords('outbox')).toEqual([
      { id: 'a', text: 'one' },
      { id: 'b', text: 'three' },
    ])
    await database.removeRecord('outbox', 'a')
    expect(await database.readRecords('outbox')).toEqual([{ id: 'b', text: 'three' }])
    expect(await database.readRecords('drafts')).toEqual([])
  })
})

it('of an earlier version is brought up to this one, with what it has', async () => {
  const account = uuidv7()
  const old = await openDB(`ahoy.${account}`, 1, {
    upgrade(db) {
      for (const name of ['outbox', 'drafts']) db.createObjectStore(name, { keyPath: 'id' })
      db.createObjectStore('state')
      db.createObjectStore('messages', { keyPath: ['conversationId', 'seq'] })
    },
  })
  await old.put('drafts', { id: 'a' })
  old.close()
  const database = await databases.open(account)
  await database.putRecord('calls', { id: 'c' })
  expect(await database.readRecords('drafts')).toEqual([{ id: 'a' }])
  expect(await database.readRecords('calls')).toEqual([{ id: 'c' }])
  database.close()
})

it('survives the page, and not the log-out', async () => {
  const account = uuidv7()
  const before = await databases.open(account)
  await before.putRecord('outbox', { id: 'a' })
  before.close()
  const after = await databases.open(account)
  expect(await after.readRecords('outbox')).toEqual([{ id: 'a' }])
  // Another tab may still have it open.
  await databases.delete(account)
  const later = await databases.open(account)
  expect(await later.readRecords('outbox')).toEqual([])
  later.close()
})

it('[F30] lasts as long as the page where the browser refuses it', async () => {
  const refused = vi.spyOn(indexedDB, 'open').mockImplementation(() => {
    throw new DOMException('refused', 'SecurityError')
  })
  onTestFinished(() => {
    refused.mockRestore()
  })
  const database = await databases.open(uuidv7())
  await database.putRecord('outbox', { id: 'a' })
  expect(await database.readRecords('outbox')).toEqual([{ id: 'a' }])
})
