import { AppError } from '#shared/errors.ts'
import type { FeedItem, FeedPage } from '#shared/protocol/feed.ts'

export interface FeedLoopOptions {
  /** The last pos that this device has; null when it has none. */
  readonly startAt: number | null
  /** @throws AppError */
  readonly ask: (after: number | null) => Promise<FeedPage>
  /** Load everything anew: what was missed is not known any more. @throws AppError */
  readonly reload: () => Promise<void>
  /** Entries that follow each other, in order; each is handed on once. */
  readonly apply: (items: readonly FeedItem[], pos: number) => void
  /** Everything up to here has been applied or loaded. */
  readonly onReset: (pos: number) => void
  readonly onFailure: (error: AppError | null) => void
}

/** Keeps a device up with its feed: whatever is lost, doubled or out of order on the way [CH5]. */
export interface FeedLoop {
  readonly pos: number | null
  /** Ask what has been missed. Harmless at any time. */
  catchUp(): Promise<void>
  /** An entry has come by itself. */
  take(item: FeedItem): void
  stop(): void
}

/** Entries that came before those in front of them; the server has them all, so few are enough. */
const EARLY_MAX = 500

export const createFeedLoop = (options: FeedLoopOptions): FeedLoop => new Loop(options)

class Loop implements FeedLoop {
  readonly #options: FeedLoopOptions
  readonly #early = new Map<number, FeedItem>()
  #pos: number | null
  /** The loaded state may be newer than entries that arrive now: they wait until its pos is known. */
  #isReloading = false
  #running: Promise<void> | null = null
  #isWantedAgain = false
  #isStopped = false

  constructor(options: FeedLoopOptions) {
    this.#options = options
    this.#pos = options.startAt
  }

  get pos(): number | null {
    return this.#pos
  }

  catchUp(): Promise<void> {
    if (this.#isStopped) return Promise.resolve()
    if (this.#running === null) this.#running = this.#run()
    else this.#isWantedAgain = true
    return this.#running
  }

  take(item: FeedItem): void {
    if (this.#isStopped || (this.#pos !== null && item.pos <= this.#pos)) return
    if (this.#early.size < EARLY_MAX) this.#advance([item])
    // A gap: whoever runs already will find it, too.
    if (this.#pos === null || this.#pos < item.pos) void this.catchUp()
  }

  stop(): void {
    this.#isStopped = true
  }

  async #run(): Promise<void> {
    let failure: AppError | null
    do failure = await this.#askAll()
    while (
      // Wanted again while it failed: the way may be open now.
      this.#takeWanted()
    )
    this.#running = null
    if (!this.#isStopped) this.#options.onFailure(failure)
  }

  #takeWanted(): boolean {
    const isWanted = this.#isWantedAgain
    this.#isWantedAgain = false
    return isWanted
  }

  async #askAll(): Promise<AppError | null> {
    try {
      let hasMore = true
      while (hasMore && !this.#isStopped) hasMore = await this.#step()
      return null
    } catch (error) {
      if (error instanceof AppError) return error
      throw error
    }
  }

  /** @returns whether there is more to ask for */
  async #step(): Promise<boolean> {
    const { ask, reload } = this.#options
    const page = await ask(this.#pos)
    if (this.#isStopped) return false
    if (page.status === 'items') {
      this.#advance(page.items)
      return page.hasMore
    }
    this.#isReloading = true
    try {
      await reload()
    } finally {
      this.#isReloading = false
    }
    return this.#goOnFrom(page.pos)
  }

  #goOnFrom(pos: number): boolean {
    if (this.#isStopped) return false
    this.#pos = pos
    this.#options.onReset(pos)
    this.#advance([])
    return true
  }

  /** Apply what follows what we have. */
  #advance(items: readonly FeedItem[]): void {
    for (const item of items) this.#early.set(item.pos, item)
    if (this.#pos === null || this.#isReloading) return
    let pos = this.#pos
    const next: FeedItem[] = []
    for (let item = this.#early.get(pos + 1); item; item = this.#early.get(pos + 1)) {
      next.push(item)
      pos = item.pos
    }
    this.#pos = pos
    for (const known of this.#early.keys()) if (known <= pos) this.#early.delete(known)
    if (next.length > 0) this.#options.apply(next, pos)
  }
}
