import { deleteDB, openDB, type DBSchema, type IDBPDatabase } from 'idb'
import type { MessageView } from '#shared/protocol/chat.ts'
import type { KeptRecord, KeptState } from './AccountDatabase.ts'

export interface Schema extends DBSchema {
  state: { key: string; value: KeptState }
  messages: { key: [string, number]; value: MessageView }
  outbox: { key: string; value: KeptRecord }
  drafts: { key: string; value: KeptRecord }
  recalled: { key: string; value: KeptRecord }
  calls: { key: string; value: KeptRecord }
  emoji: { key: string; value: KeptRecord }
}

export type IndexedDatabase = IDBPDatabase<Schema>

/** One more for each change of the stores; `upgrade` brings every older one up to it. */
const VERSION = 4

const nameOf = (accountId: string): string => `ahoy.${accountId}`

export interface OpenOptions {
  /** The browser has closed it: its storage was cleared, or its disk has failed. */
  readonly onTerminated: () => void
  /** Another tab deletes it, at log-out. */
  readonly onDeleted: () => void
}

/** Rejects also where the browser throws at once. */
export async function openIndexedDb(
  accountId: string,
  { onTerminated, onDeleted }: OpenOptions,
): Promise<IndexedDatabase> {
  const db = await openDB<Schema>(nameOf(accountId), VERSION, {
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
    blocking(_current, blocked, event) {
      ;(event.target as IDBDatabase).close()
      if (blocked === null) onDeleted()
    },
    terminated: onTerminated,
  })
  return db
}

export const deleteIndexedDb = (accountId: string): Promise<void> =>
  deleteDB(nameOf(accountId)).catch(() => undefined)
