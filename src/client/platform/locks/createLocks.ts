import type { Locks } from './Locks.ts'

/** `Locks` over the Web Locks API, which may be missing. */
export function createLocks(view: Window & typeof globalThis): Locks {
  return {
    hold(name, onHeld) {
      // Without locks (an insecure origin) tabs can't agree; a ring too many beats none.
      const locks = view.navigator.locks as LockManager | undefined
      if (locks === undefined) {
        onHeld()
        return () => undefined
      }
      const done = new AbortController()
      const released = new Promise<void>((resolve) => {
        done.signal.addEventListener('abort', () => {
          resolve()
        })
      })
      locks
        .request(name, { signal: done.signal }, () => {
          onHeld()
          return released
        })
        // Given back before it was had.
        .catch(() => undefined)
      return () => {
        done.abort()
      }
    },
  }
}
