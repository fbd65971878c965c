import { AppError } from '#shared/errors.ts'
import type { ConversationView } from '#shared/protocol/chat.ts'
import type { FeedItem } from '#shared/protocol/feed.ts'
import { afterEntry } from '#client/chat/conversations/conversationEntries.ts'
import { loaded, readHere } from '#client/chat/conversations/readPosition.ts'
import { createFeedLoop, type FeedLoop } from '#client/feed/feedLoop.ts'
import { ID, ME, type SyncServer } from './syncServer.ts'

/** What a device has in hand and what it has kept, with the questions that are on their way. */
export class Device {
  views = new Map<string, ConversationView>()
  #loop: FeedLoop
  #kept: { pos: number | null; views: Map<string, ConversationView> } = {
    pos: null,
    views: new Map(),
  }
  /** Up to where has been read here that the server has not heard of. */
  #untold = 0
  readonly #server: SyncServer
  readonly #questions: ((fails: boolean) => void)[] = []

  constructor(server: SyncServer) {
    this.#server = server
    this.#loop = this.#start()
  }

  get pos(): number | null {
    return this.#loop.pos
  }

  hear(item: FeedItem): void {
    this.#loop.take(item)
  }

  ask(): void {
    void this.#loop.catchUp()
  }

  /** Read here up to a seq, with every second message at hand: the count is a guess until the server has counted. */
  see(upTo: number): void {
    const known = this.views.get(ID)
    if (known === undefined) return
    const shown = this.#server.messages.filter(({ seq }) => seq % 2 === 0)
    const next = readHere(known, { seq: upTo, shown, me: ME })
    this.views.set(ID, next)
    if (next !== known) this.#untold = next.readSeq
  }

  tell(): void {
    this.#server.read(this.#untold)
  }

  /** The n-th question gets its answer, or is lost. */
  answer(which: number, fails: boolean): void {
    if (this.#questions.length === 0) return
    this.#questions.splice(which % this.#questions.length, 1)[0]?.(fails)
  }

  /** The page is reloaded: what was kept is there, what was on its way is not. Who leaves tells what is read. */
  restart(): void {
    this.tell()
    this.#loop.stop()
    this.views = new Map(this.#kept.views)
    this.#loop = this.#start()
    this.ask()
  }

  /** Answer everything until nothing is asked any more. */
  async settle(): Promise<void> {
    for (let n = 0; n < 10_000; n += 1) {
      await new Promise((resolve) => setImmediate(resolve))
      if (this.#questions.length === 0) return
      this.answer(0, false)
    }
  }

  #question<T>(answer: () => T): Promise<T> {
    return new Promise((resolve, reject) => {
      // What the server knows when it is asked; the answer may come much later.
      const known = answer()
      this.#questions.push((fails) => {
        if (fails) reject(new AppError('connection/offline'))
        else resolve(known)
      })
    })
  }

  #start(): FeedLoop {
    const loop = createFeedLoop({
      startAt: this.#kept.pos,
      ask: (after) => this.#question(() => this.#server.page(after)),
      reload: async () => {
        const view = await this.#question(() => this.#server.view)
        if (loop === this.#loop) this.views.set(ID, loaded(this.views.get(ID), view))
      },
      apply: (items, pos) => {
        for (const { entry } of items) {
          const next = afterEntry(this.views, entry, ME)
          if (next !== undefined) this.views.set(next.id, next)
        }
        this.#kept = { pos, views: new Map(this.views) }
      },
      onReset: (pos) => {
        this.#kept = { pos, views: new Map(this.views) }
      },
      onFailure: () => undefined,
    })
    return loop
  }
}
