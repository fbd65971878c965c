import type { PushBody, PushType } from '#shared/protocol/envelope.ts'
import type { CloseReason } from '#client/platform/socket/closeReason.ts'
import type { SocketService, SocketStatus } from '#client/platform/socket/SocketService.ts'

export interface FakeSocket extends SocketService {
  readonly isOpen: boolean
  push<T extends PushType>(type: T, body: PushBody<T>): void
  become(status: SocketStatus): void
  refuse(reason: CloseReason): void
  now: number
}

/** A socket that the test speaks through. */
export function createFakeSocket(): FakeSocket {
  const pushHandlers: { type: PushType; handler: (body: never) => void }[] = []
  const statusHandlers = new Set<(status: SocketStatus) => void>()
  const refusedHandlers = new Set<(reason: CloseReason) => void>()
  let status: SocketStatus = 'offline'
  let isOpen = false

  return {
    now: Date.UTC(2026, 0, 15, 4, 0),
    get status() {
      return status
    },
    get isOpen() {
      return isOpen
    },
    open() {
      isOpen = true
    },
    close() {
      isOpen = false
    },
    request: () => Promise.reject(new Error('no room under test sends frames')),
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
    become(next) {
      status = next
      for (const handler of statusHandlers) handler(next)
    },
    refuse(reason) {
      for (const handler of refusedHandlers) handler(reason)
    },
  }
}
