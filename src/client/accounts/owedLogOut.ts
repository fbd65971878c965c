import * as v from 'valibot'
import { ref, type Ref } from 'vue'
import { AppError } from '#shared/errors.ts'
import type { StorageKey } from '#client/platform/storage/storageKeys.ts'
import type { ValueStorage } from '#client/platform/storage/ValueStorage.ts'

const KEY: StorageKey = 'ahoy.owed-log-out'

/** A log-out of this browser that the server has yet to hear of: until then its cookie still opens the door. */
export interface OwedLogOut {
  readonly isOwed: Readonly<Ref<boolean>>
  /** From now on, also after a reload. */
  readonly owe: () => void
  /** @returns whether nothing is owed any more; a failure leaves it as it is */
  readonly tell: () => Promise<boolean>
  /** A log-in has ended the session before it. */
  readonly forget: () => void
}

/**
 * @param logOut asks the server; rejects with an AppError
 * @param onOwedElsewhere another tab of this browser has logged out
 */
export function createOwedLogOut(
  storage: ValueStorage,
  logOut: () => Promise<unknown>,
  onOwedElsewhere: () => void,
): OwedLogOut {
  const read = (): boolean => storage.read(KEY, v.boolean()) === true
  const isOwed = ref(read())
  let telling: Promise<boolean> | null = null

  function write(next: boolean): void {
    isOwed.value = next
    storage.write(KEY, next)
  }

  async function attempt(): Promise<boolean> {
    try {
      await logOut()
      write(false)
    } catch (error) {
      if (!(error instanceof AppError)) throw error
    }
    return !isOwed.value
  }

  storage.onChange(KEY, () => {
    isOwed.value = read()
    if (isOwed.value) onOwedElsewhere()
  })

  return {
    isOwed,
    owe() {
      write(true)
    },
    async tell() {
      if (!isOwed.value) return true
      telling ??= attempt().finally(() => {
        telling = null
      })
      return telling
    },
    forget() {
      if (isOwed.value) write(false)
    },
  }
}
