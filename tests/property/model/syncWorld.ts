import { PLAIN_SETTINGS, type ConversationView, type MessageView } from '#shared/protocol/chat.ts'
import type { FeedEntry, FeedItem, FeedPage } from '#shared/protocol/feed.ts'
import { AppError } from '#shared/errors.ts'
import { afterEntry, loaded } from '#client/chat/conversations.ts'
import { createFeedLoop, type FeedLoop } from '#client/feed/feedLoop.ts'

/** Everything that may happen; which of the devices or deliveries is meant is taken modulo. */
export type SyncStep =
  | { act: 'write'; from: 'me' | 'peer' }
  | { act: 'read'; upTo: number }
  | { act: 'recall' | 'edit'; seq: number }
  | { act: 'receipt' }
  | { act: 'push' | 'double' | 'answer' | 'cut'; which: number }
  | { act: 'ask' | 'restart'; which: number }
  | { act: 'prune' }

const ME = 'me'
const PEER = { id: 'peer', nickname: 'peer' }
const ID = 'conversation'

/** The state of one user on the server, by the rules of SPEC 7. */
class Server {
  view: ConversationView = {
    id: ID,
    peer: PEER,
    group: null,
    settings: PLAIN_SETTINGS,
    lastMessage: null,
    lastSeq: 0,
    readSeq: 0,
    unread: 0,
    peerReceivedSeq: 0,
    peerReadSeq: 0,
  }
  readonly messages: MessageView[] = []
  readonly feed: FeedItem[] = []
  #kept = 0

  write(senderId: string): void {
    const seq = this.view.lastSeq + 1
    const body = { kind: 'text' as const, text: `message ${seq}` }
    const id = `id ${seq}`
    const message = { id, conversationId: ID, seq, senderId, body, createdAt: seq, rev: 0 }
    this.messages.push(message)
    this.view = { ...this.view, lastMessage: message, lastSeq: seq, unread: 0 }
    this.view.unread = this.#unreadAfter(this.view.readSeq)
    this.#happen({ kind: 'message', message, peer: PEER })
  }

  read(wanted: number): void {
    const readSeq = Math.min(wanted, this.view.lastSeq)
    if (readSeq <= this.view.readSeq) return
    const unread = this.#unreadAfter(readSeq)
    this.view = { ...this.view, readSeq, unread }
    this.#happen({ kind: 'read', conversationId: ID, readSeq, unread })
  }

  /** A message says something else now, or nothing. */
  change(seq: number, isRecall: boolean): void {
    const before = this.messages[seq % Math.max(1, this.messages.length)]
    if (before === undefined || before.body.kind === 'recalled') return
    const rev = before.rev + 1
    const message: MessageView = isRecall
      ? { ...before, rev, body: { kind: 'recalled', byId: before.senderId } }
      : { ...before, rev, body: { kind: 'text', text: `change ${rev}` }, editedAt: rev }
    this.messages[before.seq - 1] = message
    const { lastSeq, readSeq } = this.view
    const count = this.#unreadAfter(readSeq)
    this.view = { ...this.view, unread: count }
    if (before.seq === lastSeq) this.view.lastMessage = message
    this.#happen({ kind: 'changed', message, unread: { readSeq, lastSeq, count } })
  }

  receipt(): void {
    const { lastSeq } = this.view
    this.view = { ...this.view, peerReceivedSeq: lastSeq, peerReadSeq: lastSeq }
    this.#happen({ kind: 'receipt', conversationId: ID, receivedSeq: lastSeq, readSeq: lastSeq })
  }

  page(after: number | null): FeedPage {
    const head = this.feed.length
    if (after === null || after < this.#kept || after > head) return { status: 'reset', pos: head }
    const items = this.feed.slice(after, after + 3)
    return { status: 'items', items, hasMore: after + items.length < head }
  }

  /** What is old is forgotten. */
  prune(): void {
    this.#kept = this.feed.length
  }

  #unreadAfter(seq: number): number {
    return this.messages.filter(
      (one) => one.seq > seq && one.senderId !== ME && one.body.kind === 'text',
    ).length
  }

  #happen(entry: FeedEntry): void {
    this.feed.push({ pos: this.feed.length + 1, entry })
  }
}

/** What a device has in hand and what it has kept, with the questions that are on their way. */
class Device {
  views = new Map<string, ConversationView>()
  #loop: FeedLoop
  #kept: { pos: number | null; views: Map<string, ConversationView> } = {
    pos: null,
    views: new Map(),
  }
  readonly #server: Server
  readonly #questions: ((fails: boolean) => void)[] = []

  constructor(server: Server) {
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
export async function runSync(steps: readonly SyncStep[], count: number): Promise<Synced> {
  const server = new Server()
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

function take(step: SyncStep, server: Server, devices: readonly Device[]): void {
  if ('which' in step) toDevice(step, server, devices)
  else if (step.act === 'write') server.write(step.from === 'me' ? ME : PEER.id)
  else if (step.act === 'read') server.read(step.upTo)
  else if (step.act === 'receipt') server.receipt()
  else if (step.act === 'prune') server.prune()
  else server.change(step.seq, step.act === 'recall')
}

function toDevice(
  { act, which }: Extract<SyncStep, { which: number }>,
  { feed }: Server,
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
