import type { Clock } from '#server/platform/clock.ts'
import type { Log } from '#server/platform/log/log.ts'
import type { JournalEntry } from './journalEntry.ts'
import type { Spool } from './spool.ts'

/** A disk that refused is asked again after so long. */
const RETRY_MS = 1_000
/** The file may hold so many entries that are written, besides as many as are not. */
const WRITTEN_MAX = 100

export interface SpoolKeeperOptions {
  readonly spool: Spool
  readonly clock: Clock
  readonly log: Log
  /** What is not written to the database. */
  readonly pending: ReadonlySet<JournalEntry>
}

/**
 * Keeps a spool up to date, without making anybody wait for the disk. From the moment it is on until
 * nothing is pending the file holds everything that is, and before it what was written meanwhile: all of
 * it, written again in its order, comes to the same. So a line is added for what is new, and nothing is
 * done for what is written. What comes while the disk is at work goes into the next line together.
 */
export class SpoolKeeper {
  readonly #options: SpoolKeeperOptions
  #isOn = false
  /** Pending, and not in the file. */
  #fresh: JournalEntry[] = []
  /** In the file. */
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

  /** What a server has left: it is in the file already. */
  takeOver(): readonly JournalEntry[] {
    const left = this.#options.spool.left()
    this.#kept = left.length
    this.#isOn = left.length > 0
    return left
  }

  /** Something more is pending. */
  added(entry: JournalEntry): void {
    if (!this.#isOn) return
    this.#fresh.push(entry)
    void this.settled()
  }

  /** @returns when everything that is pending is in the file, or can't be put there now */
  keep(): Promise<void> {
    if (!this.#isOn) this.#fresh = [...this.#options.pending]
    this.#isOn = true
    return this.settled()
  }

  /** @returns when the file is up to date, if there is to be one and the disk takes it */
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
    // Something may have come meanwhile.
    this.#isOn = this.#kept > 0 || this.#fresh.length > 0
  }
}
