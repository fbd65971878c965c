import { openIndexedDb, type IndexedDatabase } from './indexedDb.ts'

/** A browser whose IndexedDB does not answer by then is taken for one that keeps nothing. */
export const PATIENCE_MS = 3_000

/** An account's database, opened again where the browser has closed it. */
export interface Connection {
  /** @throws when it can't be had, or does not answer in time */
  run: <T>(work: (db: IndexedDatabase) => Promise<T>) => Promise<T>
  /** Settles when the browser has answered, however late. @throws when it can't be had */
  opened: () => Promise<void>
  close: () => void
}

/** @param onRenewed what was kept may be gone: the browser has closed it, and it was opened again */
export function createConnection(accountId: string, onRenewed = (): void => undefined): Connection {
  let opened: Promise<IndexedDatabase> | null = null
  let isOver = false
  /** The browser has closed it, and it is not open again yet. */
  let isRenewing = false

  function open(): Promise<IndexedDatabase> {
    if (isOver) return Promise.reject(new Error('the database is closed'))
    const opening = openIndexedDb(accountId, {
      onTerminated() {
        opened = null
        if (isOver) return
        isRenewing = true
        // If it fails, the next access tries again.
        open().catch(() => undefined)
      },
      // Whoever logged out elsewhere wants nothing of it kept: it is not created again.
      onDeleted() {
        isOver = true
      },
    })
    opened = opening
    opening.then(
      () => {
        if (!isRenewing) return
        isRenewing = false
        onRenewed()
      },
      // The next one who asks tries again.
      () => {
        if (opened === opening) opened = null
      },
    )
    return opening
  }

  async function attempt<T>(work: (db: IndexedDatabase) => Promise<T>): Promise<T> {
    const opening = opened ?? open()
    try {
      return await work(await opening)
    } catch (error) {
      if (!isClosed(error)) throw error
      // Closed in between: by the browser, or for a newer version of the app.
      if (opened === opening) opened = null
      return work(await (opened ?? open()))
    }
  }

  return {
    run: (work) => inTime(attempt(work)),
    opened: () => attempt(() => Promise.resolve()),
    close() {
      isOver = true
      void opened?.then((db) => {
        db.close()
      })
    },
  }
}

/** What a transaction of a closed connection says, begun before its end or after it. */
const isClosed = (error: unknown): boolean =>
  error instanceof DOMException && ['InvalidStateError', 'AbortError'].includes(error.name)

async function inTime<T>(work: Promise<T>): Promise<T> {
  let timer: ReturnType<typeof setTimeout> | undefined
  const late = new Promise<never>((_resolve, reject) => {
    timer = setTimeout(() => {
      reject(new Error('the database does not answer'))
    }, PATIENCE_MS)
  })
  try {
    return await Promise.race([work, late])
  } finally {
    clearTimeout(timer)
  }
}
