import type {
  AccountDatabase,
  AccountDatabases,
  RecordKind,
} from '#client/platform/database/AccountDatabase.ts'
import { createMemoryDatabase } from '#client/platform/database/createMemoryDatabase.ts'
import type { Tabs } from '#client/platform/tabs/Tabs.ts'

/** The databases of a browser, in memory. */
export function createFakeDatabases(): AccountDatabases {
  const databases = new Map<string, AccountDatabase>()
  return {
    open(accountId) {
      const database = databases.get(accountId) ?? { ...createMemoryDatabase(), isKept: true }
      databases.set(accountId, database)
      return Promise.resolve(database)
    },
    delete(accountId) {
      databases.delete(accountId)
      return Promise.resolve()
    },
  }
}

/** Databases with nothing in them but one account's records of a kind, which come when they come. */
export const createLateDatabases = (late: {
  of: string
  kind: RecordKind
  records: Promise<readonly unknown[]>
}): AccountDatabases => ({
  open: (accountId) =>
    Promise.resolve({
      ...createMemoryDatabase(),
      readRecords: (kind) =>
        kind === late.kind && accountId === late.of ? late.records : Promise.resolve([]),
    }),
  delete: () => Promise.resolve(),
})

/** The only tab of its browser. */
export const createFakeTabs = (): Tabs => ({
  tell: () => undefined,
  onTold: () => () => undefined,
  hold(_name, onHeld) {
    onHeld()
    return () => undefined
  },
})
