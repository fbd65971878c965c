import { UserId } from '#shared/ids.ts'
import type { StorageKey } from '#client/platform/storage/storageKeys.ts'
import type { ValueStorage } from '#client/platform/storage/ValueStorage.ts'

const OWNER_KEY: StorageKey = 'ahoy.tab-account'

/** What a tab keeps over a reload for one account, and forgets with it. */
const ACCOUNT_KEYS: readonly StorageKey[] = ['ahoy.call', 'ahoy.call-report']

/** From now on the tab keeps for this account; what it kept for another one is forgotten. */
export function claimTab(tab: ValueStorage, accountId: string): void {
  if (tab.read(OWNER_KEY, UserId) !== accountId) forgetTab(tab)
  tab.write(OWNER_KEY, accountId)
}

/** What the page before this one had kept for its account, and whose it was. */
export function forgetTab(tab: ValueStorage): void {
  for (const key of [...ACCOUNT_KEYS, OWNER_KEY]) tab.write(key, null)
}
