import type { AccountDatabases } from './AccountDatabase.ts'
import { createConnection } from './connection.ts'
import { createMemoryDatabase } from './createMemoryDatabase.ts'
import { deleteIndexedDb } from './indexedDb.ts'
import { overIndexedDb } from './overIndexedDb.ts'

/** `AccountDatabases` over IndexedDB. */
export function createAccountDatabases(): AccountDatabases {
  return {
    async open(accountId, onRenewed, onCome) {
      const connection = createConnection(accountId, onRenewed)
      try {
        await connection.run(() => Promise.resolve())
        return overIndexedDb(connection)
      } catch {
        // Of a slow computer, or a tab that is about to let go of it, it still comes.
        void connection.opened().then(
          () => {
            // Not before the page has the other one.
            setTimeout(() => onCome?.(overIndexedDb(connection)))
          },
          () => {
            connection.close()
          },
        )
        return { ...createMemoryDatabase(), close: connection.close }
      }
    },
    delete: deleteIndexedDb,
  }
}
