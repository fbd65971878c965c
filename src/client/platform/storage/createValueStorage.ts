import * as v from 'valibot'
import type { ValueStorage } from './ValueStorage.ts'

/**
 * A storage of the browser as JSON. Private modes and full disks may refuse it: then memory has to do.
 *
 * @param area `sessionStorage` is this tab's alone and outlives its reload
 */
export function createValueStorage(
  page: Window,
  area: 'localStorage' | 'sessionStorage' = 'localStorage',
): ValueStorage {
  const memory = new Map<string, string>()

  return {
    read(key, schema) {
      const text = memory.get(key) ?? attempt(() => page[area].getItem(key))
      if (text === null) return null
      const parsed = v.safeParse(
        schema,
        attempt((): unknown => JSON.parse(text)),
      )
      return parsed.success ? parsed.output : null
    },
    write(key, value) {
      const text = JSON.stringify(value)
      const written = attempt(() => {
        page[area].setItem(key, text)
        return true
      })
      if (written === true) memory.delete(key)
      else memory.set(key, text)
    },
    onChange(key, handler) {
      const handle = (event: StorageEvent): void => {
        if (event.key === key) handler()
      }
      page.addEventListener('storage', handle)
      return () => {
        page.removeEventListener('storage', handle)
      }
    },
  }
}

function attempt<T>(work: () => T): T | null {
  try {
    return work()
  } catch {
    return null
  }
}
