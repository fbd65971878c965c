import type { IDBPObjectStore } from 'idb'
import type { MessageView } from '#shared/protocol/chat.ts'
import type { AccountDatabase, KeptRecords } from './AccountDatabase.ts'
import type { Connection } from './connection.ts'
import type { Schema } from './indexedDb.ts'
import { unbroken } from './unbroken.ts'

const STATE = 'state'

/** `AccountDatabase` over IndexedDB. */
export const overIndexedDb = ({ run, close }: Connection): AccountDatabase => ({
  isKept: true,

  readState: () =>
    run(async (db) => (await begun(db.transaction('state')).store.get(STATE)) ?? null),

  writeState: (state, messages) =>
    run(async (db) => {
      const work = begun(db.transaction(['state', 'messages'], 'readwrite'))
      const kept = await work.objectStore('state').get(STATE)
      const isNewer = kept === undefined || kept.pos <= state.pos
      const store = work.objectStore('messages')
      await Promise.all([
        isNewer ? work.objectStore('state').put(state, STATE) : undefined,
        ...messages.map((message) => putNewer(store, message)),
        work.done,
      ])
    }),

  readMessages: ({ conversationId, before, count }) =>
    run(async (db) => {
      const range = IDBKeyRange.bound(
        [conversationId, 0],
        [conversationId, before ?? Infinity],
        false,
        true,
      )
      const newestFirst: MessageView[] = []
      let cursor = await begun(db.transaction('messages')).store.openCursor(range, 'prev')
      while (cursor !== null && newestFirst.length < count) {
        newestFirst.push(cursor.value)
        cursor = await cursor.continue()
      }
      return unbroken(newestFirst, before)
    }),

  readMessagesAt: ({ conversationId, seqs }) =>
    run(async (db) => {
      const { store } = begun(db.transaction('messages'))
      const found = await Promise.all(seqs.map((seq) => store.get([conversationId, seq])))
      return found.flatMap((message) => message ?? [])
    }),

  writeMessages: (messages) =>
    run(async (db) => {
      const work = begun(db.transaction('messages', 'readwrite'))
      await Promise.all([...messages.map((message) => putNewer(work.store, message)), work.done])
    }),

  forgetUpTo: (id, seq) =>
    run((db) => db.delete('messages', IDBKeyRange.bound([id, 0], [id, seq]))),
  forgetMessages: () => run((db) => db.clear('messages')),
  ...recordsOver(run),
  close,
})

const recordsOver = (run: Connection['run']): KeptRecords => ({
  readRecords: (kind) => run((db) => begun(db.transaction(kind)).store.getAll()),
  putRecord: (kind, record) =>
    run((db) => {
      const work = begun(db.transaction(kind, 'readwrite'))
      return together(work, work.store.put(record))
    }),
  removeRecord: (kind, id) =>
    run((db) => {
      const work = begun(db.transaction(kind, 'readwrite'))
      return together(work, work.store.delete(id))
    }),
  replaceRecords: (kind, ids, record) =>
    run((db) => {
      const work = begun(db.transaction(kind, 'readwrite'))
      const removed = ids.map((id) => work.store.delete(id))
      const added = record === null ? undefined : work.store.put(record)
      return together(work, Promise.all([...removed, added]))
    }),
})

/**
 * A transaction that the browser may end at any time, by closing the database. Its requests fail then,
 * which is heard; that its end fails as well is no error of the page that nobody has caught.
 */
function begun<T extends { readonly done: Promise<void> }>(work: T): T {
  work.done.catch(() => undefined)
  return work
}

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
