import type { AppError } from '#shared/errors.ts'
import type { PushBody, PushType } from '#shared/protocol/envelope.ts'
import type { SocketService, SocketStatus } from '#client/platform/socket/SocketService.ts'

/** One request that the test answers or refuses. */
export interface AskedRequest {
  readonly type: string
  readonly body: unknown
  answer(body: unknown): void
  refuse(error: AppError): void
}

export interface FakeServer {
  readonly socket: SocketService
  readonly asked: AskedRequest[]
  push<T extends PushType>(type: T, body: PushBody<T>): void
  setStatus(status: SocketStatus): void
  now: number
  /** Answers have reached whoever waits for them. */
  settle: () => Promise<void>
}

/** The server behind a `SocketService`, answering by hand. */
export function createFakeServer(): FakeServer {
  const asked: AskedRequest[] = []
  const pushHandlers = new Map<string, Set<(body: never) => void>>()
  const statusHandlers = new Set<(status: SocketStatus) => void>()
  let status: SocketStatus = 'online'

  const socket: SocketService = {
    get status() {
      return status
    },
    open: () => undefined,
    close: () => undefined,
    request(type, body) {
      const { promise, resolve, reject } = Promise.withResolvers<never>()
      asked.push({
        type,
        body,
        answer: (reply) => {
          resolve(reply as never)
        },
        refuse: reject,
      })
      return promise
    },
    onPush(type, handler) {
      const handlers = pushHandlers.get(type) ?? new Set()
      pushHandlers.set(type, handlers)
      handlers.add(handler)
      return () => void handlers.delete(handler)
    },
    onStatus(handler) {
      statusHandlers.add(handler)
      return () => void statusHandlers.delete(handler)
    },
    onRefused: () => () => undefined,
    serverNow: () => server.now,
  }

  const server: FakeServer = {
    socket,
    asked,
    now: 1_000,
    push(type, body) {
      for (const handler of pushHandlers.get(type) ?? []) handler(body as never)
    },
    setStatus(next) {
      status = next
      for (const handler of statusHandlers) handler(next)
    },
    settle: async () => {
      for (let turn = 0; turn < 5; turn += 1) await Promise.resolve()
    },
  }
  return server
}
