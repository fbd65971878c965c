import { setTimeout as pause } from 'node:timers/promises'

/** What commands go to: a connection with a database file. */
export interface Commands {
  exec: (sql: string) => void
  /** A transaction is open: some errors end it by themselves. */
  readonly isTransaction: boolean
}

/** How long another process may hold the file before we give up on it, and how often it is tried. */
const BUSY_MS = 5_000
const BUSY_LOOK_MS = 20
/** SQLITE_BUSY */
const BUSY = 5

const isBusy = (error: unknown): boolean =>
  error instanceof Error && 'errcode' in error && error.errcode === BUSY

interface Group {
  readonly done: PromiseWithResolvers<void>
  /** Whatever could join it has: it is committed as soon as nobody is in the middle. */
  isDue: boolean
}

/**
 * Lets transactions on one connection run one after the other, and writes all of them that come in one
 * turn of the event loop to disk at once: the disk takes as long for one as for a hundred. Each is a
 * savepoint of its group, so what goes wrong in one is undone alone; and none is done before its group
 * is on disk [CH2].
 */
export class GroupCommit {
  readonly #commands: Commands
  readonly #busyMs: number
  readonly #waiting: (() => void)[] = []
  #isTaken = false
  #group: Group | null = null
  /** Monotonic ms: since then another process holds the file. */
  #busySince: number | null = null

  constructor(commands: Commands, { busyMs = BUSY_MS } = {}) {
    this.#commands = commands
    this.#busyMs = busyMs
  }

  /** Begin a transaction, when those before it have ended; each has one `commit` or `rollback`. */
  async begin(): Promise<void> {
    await this.#take()
    try {
      this.#group ??= await this.#open()
      this.#commands.exec('SAVEPOINT member')
    } catch (error) {
      this.#pass()
      throw error
    }
  }

  /** @returns when it is on disk. @throws what kept its group from it: nothing of the group is there */
  commit(): Promise<void> {
    const group = this.#group
    this.#commands.exec('RELEASE member')
    this.#pass()
    return group?.done.promise ?? Promise.resolve()
  }

  rollback(): void {
    // After some errors (a disk that is full) there is nothing of the group any more.
    if (this.#commands.isTransaction) this.#commands.exec('ROLLBACK TO member; RELEASE member')
    this.#pass()
  }

  /** Write what is left; nothing may begin after it. */
  async end(): Promise<void> {
    await this.#take()
    this.#close()
  }

  async #take(): Promise<void> {
    if (this.#isTaken) await new Promise<void>((resolve) => this.#waiting.push(resolve))
    this.#isTaken = true
  }

  async #open(): Promise<Group> {
    while (!this.#tryToOpen()) await pause(BUSY_LOOK_MS)
    const group: Group = { done: Promise.withResolvers(), isDue: false }
    // Whoever waits for it is told; it may also be that all of its members were undone.
    group.done.promise.catch(() => undefined)
    setImmediate(() => {
      group.isDue = true
      if (group === this.#group && !this.#isTaken) this.#close()
    })
    return group
  }

  /** SQLite would wait by itself, and let everything else of the server wait with it. */
  #tryToOpen(): boolean {
    try {
      this.#commands.exec('BEGIN IMMEDIATE')
      this.#busySince = null
      return true
    } catch (error) {
      if (!isBusy(error)) throw error
      // Whoever comes after one that has waited that long has not that long to wait.
      this.#busySince ??= performance.now()
      if (performance.now() - this.#busySince >= this.#busyMs) throw error
      return false
    }
  }

  /** The next one's turn. */
  #pass(): void {
    if (this.#group !== null && (this.#group.isDue || !this.#commands.isTransaction)) this.#close()
    const next = this.#waiting.shift()
    if (next === undefined) this.#isTaken = false
    else next()
  }

  #close(): void {
    const group = this.#group
    if (group === null) return
    this.#group = null
    try {
      this.#commands.exec('COMMIT')
      group.done.resolve()
    } catch (error) {
      if (this.#commands.isTransaction) this.#commands.exec('ROLLBACK')
      group.done.reject(error)
    }
  }
}
