import type { ConversationView } from '#shared/protocol/chat.ts'
import type { FeedItem } from '#shared/protocol/feed.ts'
import { AppError } from '#shared/errors.ts'
import { afterEntry, loaded } from '#client/chat/conversations.ts'
import { createFeedLoop, type FeedLoop } from '#client/feed/feedLoop.ts'
import { ID, ME, PEER, SyncServer } from './syncServer.ts'

/** Everything that may happen; which of the devices or deliveries is meant is taken modulo. */
export type SyncStep =
  | { act: 'write'; from: 'me' | 'peer' }
  | { act: 'read'; upTo: number }
  | { act: 'recall' | 'edit'; seq: number }
  | { act: 'receipt' }
  | { act: 'rename' | 'leave' | 'comeBack' }
  | { act: 'push' | 'double' | 'answer' | 'cut'; which: number }
  | { act: 'ask' | 'restart'; which: number }
  | { act: 'prune' }

/** What a device has in hand and what it has kept, with the questions that are on their way. */
class Device {
  views = new Map<string, ConversationView>()
  #loop: FeedLoop
  #kept: { pos: number | null; views: Map<string, ConversationView> } = {
    pos: null,
    views: new Map(),
  }
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

  /** The n-th question gets its answer, or is lost. */
  answer(which: number, fails: boolean): void {
    if (this.#questions.length === 0) return
    this.#questions.splice(which % this.#questions.length, 1)[0]?.(fails)
  }

  /** The page is loaded anew: what was kept is there, what was on its way is not. */
  restart(): void {
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

export interface Synced {
  readonly server: ConversationView | undefined
  readonly devices: readonly (ConversationView | undefined)[]
  readonly heads: readonly (number | null)[]
  readonly head: number
}

/** Run a schedule over several devices of one user, then let the network be good and all of them ask. */
export async function runSync(
  steps: readonly SyncStep[],
  { count, isGroup }: { count: number; isGroup: boolean },
): Promise<Synced> {
  const server = new SyncServer(isGroup)
  const devices = Array.from({ length: count }, () => new Device(server))
  for (const step of steps) {
    take(step, server, devices)
    await Promise.resolve()
  }
  for (const device of devices) {
    device.ask()
    await device.settle()
    device.ask()
    await device.settle()
  }
  const isEmpty = server.view.lastSeq === 0
  return {
    server: isEmpty ? undefined : server.view,
    devices: devices.map(({ views }) => (isEmpty ? undefined : views.get(ID))),
    heads: devices.map(({ pos }) => pos),
    head: server.feed.length,
  }
}

function take(step: SyncStep, server: SyncServer, devices: readonly Device[]): void {
  if ('which' in step) toDevice(step, server, devices)
  else if (step.act === 'write') server.write(step.from === 'me' ? ME : PEER.id)
  else if (step.act === 'read') server.read(step.upTo)
  else if (step.act === 'receipt') server.receipt()
  else if (step.act === 'prune') server.prune()
  else if ('seq' in step) server.change(step.seq, step.act === 'recall')
  else inGroup(step.act, server)
}

function inGroup(act: 'rename' | 'leave' | 'comeBack', server: SyncServer): void {
  if (act === 'rename') server.rename()
  else if (act === 'leave') server.letGo('gone')
  else server.comeBack()
}

function toDevice(
  { act, which }: Extract<SyncStep, { which: number }>,
  { feed }: SyncServer,
  devices: readonly Device[],
): void {
  const device = devices[which % devices.length]
  // Any entry that there is may be on its way to anybody, late, early or again.
  const item = feed[(which * 7) % Math.max(1, feed.length)]
  const newest = feed.at(-1)
  if (device === undefined) return
  if (act === 'ask') device.ask()
  if (act === 'restart') device.restart()
  if (act === 'answer' || act === 'cut') device.answer(which, act === 'cut')
  if (act === 'push' && newest !== undefined) device.hear(newest)
  if (act === 'double' && item !== undefined) device.hear(item)
}
