import type { Clock } from '#server/platform/clock.ts'
import type { Log } from '#server/platform/log/log.ts'
import type { JournalEntry } from './journalEntry.ts'
import type { Spool } from './spool.ts'

/** How long to wait before trying a disk that refused again, ms. */
const RETRY_MS = 1_000
/** How many entries the file may hold that are in the database already, besides twice as many as are not. */
const WRITTEN_MAX = 100

export interface SpoolKeeperOptions {
  readonly spool: Spool
  readonly clock: Clock
  readonly log: Log
  /** Entries not yet in the database. */
  readonly pending: ReadonlySet<JournalEntry>
}

/**
 * Keeps a spool up to date without making anybody wait for the disk. While it is on, the file holds every
 * pending entry, and before those also entries that have been written to the database meanwhile. Writing all of
 * them again in order gives the same result, so new entries are appended and written ones are left in place.
 * Entries that arrive while the disk is busy share the next line.
 */
export class SpoolKeeper {
  readonly #options: SpoolKeeperOptions
  #isOn = false
  /** Pending and not in the file yet. */
  #fresh: JournalEntry[] = []
  /** How many entries the file holds. */
  #kept = 0
  #work: Promise<void> | null = null
  /** By `Clock.elapsed`; null: a line can be added to the file. */
  #failedAt: number | null = null

  constructor(options: SpoolKeeperOptions) {
    this.#options = options
  }

  get isOn(): boolean {
    return this.#isOn
  }

  /** What a server left; it stays in the file. */
  takeOver(): readonly JournalEntry[] {
    const left = this.#options.spool.left()
    this.#kept = left.length
    this.#isOn = left.length > 0
    return left
  }

  /** Another entry is pending. */
  added(entry: JournalEntry): void {
    if (!this.#isOn) return
    this.#fresh.push(entry)
    void this.settled()
  }

  /** Resolves when every pending entry is in the file, or can't be put there now. */
  keep(): Promise<void> {
    if (!this.#isOn) this.#fresh = [...this.#options.pending]
    this.#isOn = true
    return this.settled()
  }

  /** Resolves when the file is up to date, if there is to be one and the disk takes it. */
  settled(): Promise<void> {
    if (this.#work === null && this.#isLate()) this.#work = this.#catchUp()
    return this.#work ?? Promise.resolve()
  }

  #isLate(): boolean {
    if (!this.#isOn || this.#isResting()) return false
    return this.#fresh.length > 0 || this.#isToReplace()
  }

  #isResting(): boolean {
    const { clock } = this.#options
    return this.#failedAt !== null && clock.elapsed() - this.#failedAt < RETRY_MS
  }

  #isToReplace(): boolean {
    const { size } = this.#options.pending
    return size === 0 || this.#failedAt !== null || this.#kept > WRITTEN_MAX + 2 * size
  }

  async #catchUp(): Promise<void> {
    try {
      while (this.#isLate()) await (this.#isToReplace() ? this.#replace() : this.#add())
    } catch (err) {
      // It is still in memory.
      this.#failedAt = this.#options.clock.elapsed()
      this.#options.log.error({ err }, 'the call journal could not be kept in a file')
    } finally {
      this.#work = null
    }
  }

  async #add(): Promise<void> {
    const entries = this.#fresh
    this.#fresh = []
    await this.#options.spool.add(entries)
    this.#kept += entries.length
  }

  async #replace(): Promise<void> {
    const entries = [...this.#options.pending]
    this.#fresh = []
    await this.#options.spool.replace(entries)
    this.#kept = entries.length
    this.#failedAt = null
    // Another entry may have arrived meanwhile.
    this.#isOn = this.#kept > 0 || this.#fresh.length > 0
  }
}
