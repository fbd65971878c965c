import type {
  PushBody,
  PushType,
  RequestBody,
  RequestReply,
  RequestType,
} from '#shared/protocol/envelope.ts'
import type { FeedEntry } from '#shared/protocol/feed.ts'
import { AppError } from '#shared/errors.ts'
import type { CloseReason } from '#client/platform/socket/closeReason.ts'
import type { SocketService, SocketStatus } from '#client/platform/socket/SocketService.ts'

export interface FakeSocket extends SocketService {
  readonly isOpen: boolean
  /** The accounts it was opened for, in their order. */
  readonly openedFor: readonly string[]
  push<T extends PushType>(type: T, body: PushBody<T>): void
  /** Something happens to the user: the next entry of the feed. */
  happen(entry: FeedEntry): void
  /** Who asks what comes after the first pos is to load everything and go on from the second. */
  resetAt(first: number | null, to: number): void
  become(status: SocketStatus): void
  refuse(reason: CloseReason): void
  now: number
  /** Every request so far, oldest first. */
  readonly sent: { type: RequestType; body: unknown }[]
  /** How requests of this type are answered from now on; what it throws is the server's error. */
  answer<T extends RequestType>(type: T, answer: Answerer<T>): void
}

type Answerer<T extends RequestType> = (
  body: RequestBody<T>,
) => RequestReply<T> | Promise<RequestReply<T>>

/** A socket that the test speaks through. */
export function createFakeSocket(): FakeSocket {
  const pushHandlers: { type: PushType; handler: (body: never) => void }[] = []
  const statusHandlers = new Set<(status: SocketStatus) => void>()
  const refusedHandlers = new Set<(reason: CloseReason) => void>()
  let status: SocketStatus = 'offline'
  let isOpen = false
  const openedFor: string[] = []
  let pos = 0
  const answerers = new Map<RequestType, (body: never) => unknown>()
  const sent: FakeSocket['sent'] = []

  return {
    now: Date.UTC(2026, 0, 15, 4, 0),
    get status() {
      return status
    },
    get isOpen() {
      return isOpen
    },
    openedFor,
    open(accountId) {
      openedFor.push(accountId)
      isOpen = true
    },
    close() {
      isOpen = false
    },
    sent,
    answer: (type, answer) => void answerers.set(type, answer),
    async request<T extends RequestType>(type: T, body: RequestBody<T>) {
      sent.push({ type, body })
      const answer = answerers.get(type) as Answerer<T> | undefined
      if (answer === undefined) throw new AppError('connection/offline')
      return answer(body)
    },
    onPush(type, handler) {
      const entry = { type, handler }
      pushHandlers.push(entry)
      return () => void pushHandlers.splice(pushHandlers.indexOf(entry), 1)
    },
    onStatus(handler) {
      statusHandlers.add(handler)
      return () => statusHandlers.delete(handler)
    },
    onRefused(handler) {
      refusedHandlers.add(handler)
      return () => refusedHandlers.delete(handler)
    },
    serverNow() {
      return this.now
    },
    push(type, body) {
      for (const one of pushHandlers) if (one.type === type) one.handler(body as never)
    },
    resetAt(first, to) {
      this.answer('feed.get', ({ after }) =>
        after === first
          ? { status: 'reset', pos: to }
          : { status: 'items', items: [], hasMore: false },
      )
    },
    happen(entry) {
      pos += 1
      this.push('feed.item', { pos, entry })
    },
    become(next) {
      status = next
      for (const handler of statusHandlers) handler(next)
    },
    refuse(reason) {
      for (const handler of refusedHandlers) handler(reason)
    },
  }
}
