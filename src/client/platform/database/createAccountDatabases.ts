import { deleteDB, openDB, type DBSchema, type IDBPDatabase, type IDBPObjectStore } from 'idb'
import type { MessageView } from '#shared/protocol/chat.ts'
import type { AccountDatabase, AccountDatabases, KeptRecord, KeptState } from './AccountDatabase.ts'
import { createMemoryDatabase } from './createMemoryDatabase.ts'
import { unbroken } from './unbroken.ts'

interface Schema extends DBSchema {
  state: { key: string; value: KeptState }
  messages: { key: [string, number]; value: MessageView }
  outbox: { key: string; value: KeptRecord }
  drafts: { key: string; value: KeptRecord }
  recalled: { key: string; value: KeptRecord }
  calls: { key: string; value: KeptRecord }
  emoji: { key: string; value: KeptRecord }
}

/** One more for each change of the stores; `upgrade` brings every older one up to it. */
const VERSION = 4
const STATE = 'state'

const nameOf = (accountId: string): string => `ahoy.${accountId}`

/** `AccountDatabases` over IndexedDB. */
export function createAccountDatabases(): AccountDatabases {
  return {
    async open(accountId) {
      try {
        return overIndexedDb(await openIndexedDb(accountId))
      } catch {
        return createMemoryDatabase()
      }
    },
    delete: (accountId) => deleteDB(nameOf(accountId)).catch(() => undefined),
  }
}

function openIndexedDb(accountId: string): Promise<IDBPDatabase<Schema>> {
  return openDB<Schema>(nameOf(accountId), VERSION, {
    upgrade(db, before) {
      if (before < 1) {
        db.createObjectStore('state')
        db.createObjectStore('messages', { keyPath: ['conversationId', 'seq'] })
        db.createObjectStore('outbox', { keyPath: 'id' })
        db.createObjectStore('drafts', { keyPath: 'id' })
      }
      if (before < 2) db.createObjectStore('recalled', { keyPath: 'id' })
      if (before < 3) db.createObjectStore('calls', { keyPath: 'id' })
      if (before < 4) db.createObjectStore('emoji', { keyPath: 'id' })
    },
    // Another tab deletes it at log-out, or brings it up to a newer version: do not stand in its way.
    blocking(_current, _blocked, event) {
      ;(event.target as IDBDatabase).close()
    },
  })
}

const overIndexedDb = (db: IDBPDatabase<Schema>): AccountDatabase => ({
  readState: async () => (await db.get('state', STATE)) ?? null,

  async writeState(state, messages) {
    const work = db.transaction(['state', 'messages'], 'readwrite')
    const kept = await work.objectStore('state').get(STATE)
    const isNewer = kept === undefined || kept.pos <= state.pos
    const store = work.objectStore('messages')
    await Promise.all([
      isNewer ? work.objectStore('state').put(state, STATE) : undefined,
      ...messages.map((message) => putNewer(store, message)),
      work.done,
    ])
  },

  async readMessages({ conversationId, before, count }) {
    const range = IDBKeyRange.bound(
      [conversationId, 0],
      [conversationId, before ?? Infinity],
      false,
      true,
    )
    const newestFirst: MessageView[] = []
    let cursor = await db.transaction('messages').store.openCursor(range, 'prev')
    while (cursor !== null && newestFirst.length < count) {
      newestFirst.push(cursor.value)
      cursor = await cursor.continue()
    }
    return unbroken(newestFirst, before)
  },

  async writeMessages(messages) {
    const work = db.transaction('messages', 'readwrite')
    await Promise.all([...messages.map((message) => putNewer(work.store, message)), work.done])
  },

  forgetUpTo: (id, seq) => db.delete('messages', IDBKeyRange.bound([id, 0], [id, seq])),

  forgetMessages: () => db.clear('messages'),

  readRecords: (kind) => db.getAll(kind),
  async putRecord(kind, record) {
    const work = db.transaction(kind, 'readwrite')
    await together(work, work.store.put(record))
  },
  async removeRecord(kind, id) {
    const work = db.transaction(kind, 'readwrite')
    await together(work, work.store.delete(id))
  },
  close: () => {
    db.close()
  },
})

/**
 * Commit with the request, not after its answer: a page that goes in the next moment takes nothing back
 * of what was written [CH7].
 */
async function together(
  work: Pick<IDBTransaction, 'commit'> & { readonly done: Promise<void> },
  request: Promise<unknown>,
): Promise<void> {
  work.commit()
  await Promise.all([request, work.done])
}

type MessageStore = Pick<
  IDBPObjectStore<Schema, ('state' | 'messages')[], 'messages', 'readwrite'>,
  'get' | 'put'
>

/** A page that was asked for earlier may come after a change. */
async function putNewer(store: MessageStore, message: MessageView): Promise<void> {
  const known = await store.get([message.conversationId, message.seq])
  // What an earlier version kept has no count of its changes.
  const rev: number | undefined = known?.rev
  if ((rev ?? 0) <= message.rev) await store.put(message)
}
