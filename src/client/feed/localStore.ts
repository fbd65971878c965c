import { defineStore } from 'pinia'
import { watch } from 'vue'
import { useSessionStore } from '#client/accounts/index.ts'
import type { AccountDatabase } from '#client/platform/database/AccountDatabase.ts'
import { DATABASES, injectAdapter } from '#client/platform/keys.ts'

/** What this browser keeps of who is signed in: opened at log-in, deleted at log-out. */
export const useLocalStore = defineStore('local', () => {
  const session = useSessionStore()
  const databases = injectAdapter(DATABASES)
  let opened: { accountId: string; database: Promise<AccountDatabase> } | null = null

  /** The database of who is signed in; null when nobody is. */
  function database(): Promise<AccountDatabase> | null {
    const accountId = session.account?.id
    if (accountId === undefined) return null
    opened ??= { accountId, database: databases.open(accountId) }
    return opened.database
  }

  /** Write when it is there; where it can't be kept, the page goes on without [F30]. */
  function keep(write: (database: AccountDatabase) => Promise<void>): Promise<void> {
    const target = database()
    return target === null ? Promise.resolve() : target.then(write).catch(() => undefined)
  }

  watch(
    () => session.session,
    (next) => {
      if (opened === null) return
      if (next.status === 'signed-in' && next.account.id === opened.accountId) return
      const { accountId, database: last } = opened
      opened = null
      const hasLeft = next.status === 'signed-out' && !next.isExpired
      void last.then((open) => {
        open.close()
        // Who has to log in again finds what they wrote.
        return hasLeft ? databases.delete(accountId) : undefined
      })
    },
    { flush: 'sync' },
  )

  return { database, keep }
})
