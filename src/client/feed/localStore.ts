import { createEventHook } from '@vueuse/core'
import { defineStore } from 'pinia'
import { watch } from 'vue'
import { useSessionStore } from '#client/accounts/index.ts'
import type {
  AccountDatabase,
  AccountDatabases,
} from '#client/platform/database/AccountDatabase.ts'
import { DATABASES, injectAdapter } from '#client/platform/keys.ts'
import { useKeepingAgain } from './keepingAgain.ts'

interface Opened {
  readonly accountId: string
  readonly database: Promise<AccountDatabase>
}

async function letGo(databases: AccountDatabases, of: Opened, hasLeft: boolean): Promise<void> {
  const database = await of.database
  database.close()
  // Who has to log in again finds what they wrote.
  if (hasLeft) await databases.delete(of.accountId)
}

function useRenewals() {
  const renewed = createEventHook()
  return { renewed, come: createEventHook(), again: useKeepingAgain(() => void renewed.trigger()) }
}

/** What this browser keeps of who is signed in: opened at log-in, deleted at log-out. */
export const useLocalStore = defineStore('local', () => {
  const session = useSessionStore()
  const databases = injectAdapter(DATABASES)
  const { renewed, come, again } = useRenewals()
  let opened: Opened | null = null
  let timesOpened = 0

  /** The database of who is signed in; null when nobody is. */
  function database(): Promise<AccountDatabase> | null {
    const accountId = session.account?.id
    if (accountId === undefined) return null
    opened ??= { accountId, database: open(accountId) }
    return opened.database
  }

  async function open(accountId: string): Promise<AccountDatabase> {
    const mine = (timesOpened += 1)
    const isOurs = (): boolean => mine === timesOpened && opened?.accountId === accountId
    const onRenewed = (): void => void (isOurs() && renewed.trigger())
    const database = await databases.open(accountId, onRenewed, (late) => {
      if (!isOurs()) {
        late.close()
        return
      }
      opened = { accountId, database: Promise.resolve(late) }
      again.restart(true)
      // What this page has written goes in first: what is read then has it.
      void renewed.trigger().then(() => come.trigger())
    })
    if (isOurs()) again.restart(database.isKept)
    return database
  }

  /** Write when it is there; where it can't be kept, the page goes on without, and says so [F30]. */
  async function keep(write: (database: AccountDatabase) => Promise<void>): Promise<void> {
    const target = database()
    if (target === null) return
    const mine = opened
    try {
      const there = await target
      await write(there)
      if (mine === opened && there.isKept) again.handleSuccess()
    } catch {
      if (mine === opened) again.handleFailure()
    }
  }

  watch(
    () => session.session,
    (next) => {
      if (opened === null) return
      if (next.status === 'signed-in' && next.account.id === opened.accountId) return
      const hasLeft = next.status === 'signed-out' && next.reason === 'left'
      void letGo(databases, opened, hasLeft)
      opened = null
      again.restart(true)
    },
    { flush: 'sync' },
  )

  return {
    isKept: again.isKept,
    database,
    keep,
    /** Hear that what was kept may be gone: what is there is to be kept again. */
    onRenewed: (handler: () => void) => void renewed.on(handler),
    /** Hear that what earlier pages have kept can be read only now. */
    onLate: (handler: () => void) => void come.on(handler),
  }
})
