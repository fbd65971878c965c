import { computed, ref, type ComputedRef } from 'vue'
import { AppError } from '#shared/errors.ts'
import { UserId } from '#shared/ids.ts'
import type { StorageKey } from '#client/platform/storage/storageKeys.ts'
import type { ValueStorage } from '#client/platform/storage/ValueStorage.ts'

const KEY: StorageKey = 'ahoy.owed-log-out'

/** A log-out of this browser that the server has yet to hear of: until then its cookie still opens the door. */
export interface OwedLogOut {
  readonly isOwed: ComputedRef<boolean>
  /** From now on, also after a reload. @param accountId whose session is to end */
  readonly owe: (accountId: string) => void
  /** @returns whether nothing is owed any more; a failure leaves it as it is */
  readonly tell: () => Promise<boolean>
  /** A log-in has ended the session before it. */
  readonly forget: () => void
}

/**
 * @param logOut asks the server to end the session of one account; rejects with an AppError
 * @param onOwedElsewhere another tab of this browser has logged this account out
 */
export function createOwedLogOut(
  storage: ValueStorage,
  logOut: (accountId: string) => Promise<unknown>,
  onOwedElsewhere: (accountId: string) => void,
): OwedLogOut {
  const read = (): string | null => storage.read(KEY, UserId)
  const owedBy = ref(read())
  const isOwed = computed(() => owedBy.value !== null)
  let telling: Promise<boolean> | null = null

  function write(next: string | null): void {
    owedBy.value = next
    storage.write(KEY, next)
  }

  async function attempt(accountId: string): Promise<boolean> {
    try {
      await logOut(accountId)
      write(null)
    } catch (error) {
      if (!(error instanceof AppError)) throw error
      // Somebody else has logged in here since, which has ended the session.
      if (error.code === 'auth/other-account') write(null)
    }
    return !isOwed.value
  }

  storage.onChange(KEY, () => {
    owedBy.value = read()
    if (owedBy.value !== null) onOwedElsewhere(owedBy.value)
  })

  return {
    isOwed,
    owe: write,
    async tell() {
      if (owedBy.value === null) return true
      telling ??= attempt(owedBy.value).finally(() => {
        telling = null
      })
      return telling
    },
    forget() {
      if (isOwed.value) write(null)
    },
  }
}
