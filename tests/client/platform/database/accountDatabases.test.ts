import 'fake-indexeddb/auto'
import { openDB } from 'idb'
import { uuidv7 } from 'uuidv7'
import { afterEach, beforeEach, describe, expect, it, onTestFinished, vi } from 'vitest'
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

  it('puts a record in the place of others, and takes them away', async () => {
    const database = await open()
    for (const id of ['a', 'b', 'c']) await database.putRecord('drafts', { id })
    await database.replaceRecords('drafts', ['a', 'b', 'x'], { id: 'd' })
    expect(await database.readRecords('drafts')).toEqual([{ id: 'c' }, { id: 'd' }])
    await database.replaceRecords('drafts', ['c'], null)
    expect(await database.readRecords('drafts')).toEqual([{ id: 'd' }])
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

/** Each transaction is ended with its first requests. */
function endTransactionsOf(connection: IDBDatabase): void {
  const begin = connection.transaction.bind(connection)
  connection.transaction = (...of) => {
    const begun = begin(...of)
    queueMicrotask(() => {
      begun.abort()
    })
    return begun
  }
}

describe('when the browser closes it', () => {
  /** Each connection that is opened from now on. */
  function watchConnections(): IDBDatabase[] {
    const opened: IDBDatabase[] = []
    const open = indexedDB.open.bind(indexedDB)
    const spy = vi.spyOn(indexedDB, 'open').mockImplementation((...of) => {
      const request = open(...of)
      request.addEventListener('success', () => opened.push(request.result))
      return request
    })
    onTestFinished(() => {
      spy.mockRestore()
    })
    return opened
  }

  it('it is opened again, and what is written then is kept', async () => {
    const [opened, account] = [watchConnections(), uuidv7()]
    const database = await databases.open(account)
    opened[0]?.close()
    await database.putRecord('outbox', { id: 'a' })
    expect(await database.readRecords('outbox')).toEqual([{ id: 'a' }])
    database.close()
    const later = await databases.open(account)
    expect(await later.readRecords('outbox')).toEqual([{ id: 'a' }])
    later.close()
  })

  it('it is opened again at once, and who has something to keep hears of it', async () => {
    const opened = watchConnections()
    const renewed = Promise.withResolvers<undefined>()
    const database = await databases.open(uuidv7(), () => {
      renewed.resolve(undefined)
    })
    opened[0]?.close()
    opened[0]?.dispatchEvent(new IDBVersionChangeEvent('close'))
    await renewed.promise
    expect(opened).toHaveLength(2)
    database.close()
  })

  it('and can not open it again at first, who has something to keep hears of it later', async () => {
    const opened = watchConnections()
    const renewed = vi.fn()
    const database = await databases.open(uuidv7(), renewed)
    const refused = vi.spyOn(indexedDB, 'open').mockImplementationOnce(() => {
      throw new DOMException('not now', 'UnknownError')
    })
    opened[0]?.close()
    opened[0]?.dispatchEvent(new IDBVersionChangeEvent('close'))
    expect(refused).toHaveBeenCalledTimes(2)
    await expect(database.putRecord('outbox', { id: 'a' })).rejects.toThrow('not now')
    await database.putRecord('outbox', { id: 'b' })
    expect(renewed).toHaveBeenCalledOnce()
    await database.putRecord('outbox', { id: 'c' })
    expect(renewed).toHaveBeenCalledOnce()
    database.close()
  })

  it.each<[string, (database: AccountDatabase) => Promise<unknown>]>([
    ['reads a state', (database) => database.readState()],
    ['writes a state', (database) => database.writeState({ pos: 1, parts: {} }, [message(1)])],
    ['pages back', (database) => seqsOf(database, null)],
    ['reads messages', (db) => db.readMessagesAt({ conversationId: ID, seqs: [1, 2] })],
    ['writes messages', (database) => database.writeMessages([message(1)])],
    ['forgets messages', (database) => database.forgetUpTo(ID, 1)],
    ['reads records', (database) => database.readRecords('drafts')],
  ])('while the app %s, that is done again, and no error is left uncaught', async (_, work) => {
    const uncaught = vi.fn()
    process.on('unhandledRejection', uncaught)
    const opened = watchConnections()
    const database = await databases.open(uuidv7())
    for (const connection of opened) endTransactionsOf(connection)
    await work(database)
    expect(opened).toHaveLength(2)
    // Node tells of them a turn later.
    await new Promise((resolve) => setImmediate(resolve))
    process.off('unhandledRejection', uncaught)
    expect(uncaught).not.toHaveBeenCalled()
    database.close()
  })

  it('it is not created again after a log-out in another tab', async () => {
    const account = uuidv7()
    const database = await databases.open(account)
    await databases.delete(account)
    await expect(database.putRecord('outbox', { id: 'a' })).rejects.toThrow()
    const known = await indexedDB.databases()
    expect(known.map(({ name }) => name)).not.toContain(`ahoy.${account}`)
  })
})

describe('when the browser does not answer', () => {
  beforeEach(() => {
    vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout'] })
  })
  afterEach(() => {
    vi.useRealTimers()
  })

  it('it lasts as long as the page, after three seconds', async () => {
    const silent = vi.spyOn(indexedDB, 'open').mockImplementation(() => new IDBOpenDBRequest())
    onTestFinished(() => {
      silent.mockRestore()
    })
    const opening = databases.open(uuidv7())
    await vi.advanceTimersByTimeAsync(3_000)
    const database = await opening
    expect(database.isKept).toBe(false)
    await database.putRecord('outbox', { id: 'a' })
    expect(await database.readRecords('outbox')).toEqual([{ id: 'a' }])
  })

  it('in time, it is handed on when it comes', async () => {
    const account = uuidv7()
    // Another tab does not let go of it, so that it can't be deleted, nor opened after that.
    const other = await openDB(`ahoy.${account}`, 1)
    const deleting = databases.delete(account)
    const come = Promise.withResolvers<AccountDatabase>()
    const opening = databases.open(account, undefined, come.resolve)
    await vi.advanceTimersByTimeAsync(3_000)
    expect((await opening).isKept).toBe(false)
    vi.useRealTimers()
    other.close()
    await deleting
    const late = await come.promise
    expect(late.isKept).toBe(true)
    await late.putRecord('outbox', { id: 'a' })
    expect(await late.readRecords('outbox')).toEqual([{ id: 'a' }])
    late.close()
  })

  it('to a question, whoever asked goes on after three seconds', async () => {
    const database = await databases.open(uuidv7())
    const silent = vi
      .spyOn(IDBObjectStore.prototype, 'get')
      .mockImplementation(() => new IDBRequest())
    onTestFinished(() => {
      silent.mockRestore()
      database.close()
    })
    const asking = expect(database.readState()).rejects.toThrow('does not answer')
    await vi.advanceTimersByTimeAsync(3_000)
    await asking
  })
})
