import { PROTOCOL_VERSION } from '#shared/limits.ts'
import type { RequestReply } from '#shared/protocol/envelope.ts'
import { parseReply, type Parsed } from '#shared/protocol/parse.ts'
import type { Inbox } from './inbox.ts'
import type { ServerClock } from './serverClock.ts'

/**
 * What the service says on its own account, not for a room: hello, ping and bye. The replies keep
 * the count of the inbox and the clock true to the server's.
 */
export interface OwnFrames {
  /** Who is here, and how far the numbered frames have arrived. @returns whether it went out */
  sayHello(): boolean
  /** @returns whether it went out */
  ping(): boolean
  sayBye(): void
  /** @returns whether this is a reply to one of these frames */
  take(replyTo: number, result: Parsed<unknown>): boolean
}

export interface OwnFramesOptions {
  readonly deviceId: string
  readonly legId: string
  /** Of the account that the socket is open for. */
  accountId: () => string
  readonly inbox: Inbox
  readonly clock: ServerClock
  /** @returns false when there is no open socket */
  send: (text: string) => boolean
  /** The server has answered a hello: from here on it answers everything. */
  onHello: () => void
}

/** Frame ids of the service's own; those of requests start at 1. */
const HELLO_ID = 1_000_000_000
const PING_ID = HELLO_ID + 1

export function createOwnFrames(options: OwnFramesOptions): OwnFrames {
  const { deviceId, legId, inbox, clock, send, onHello } = options
  /** Of the server that has numbered what is in the inbox; null before the first hello. */
  let epoch: string | null = null

  function takeHello(hello: RequestReply<'hello'> | null): void {
    if (hello === null) return
    if (epoch !== null && epoch !== hello.epoch) inbox.restart()
    epoch = hello.epoch
    clock.adjust(hello.serverNow)
    onHello()
  }

  function takePong(pong: RequestReply<'ping'> | null): void {
    if (pong === null) return
    clock.adjust(pong.serverNow)
    inbox.compare(pong.sent)
  }

  return {
    sayHello() {
      clock.ask()
      const me = { deviceId, legId, userId: options.accountId() }
      const body = { protocol: PROTOCOL_VERSION, ...me, received: inbox.received, epoch }
      return send(JSON.stringify({ id: HELLO_ID, type: 'hello', body }))
    },
    ping() {
      clock.ask()
      const body = { received: inbox.received }
      return send(JSON.stringify({ id: PING_ID, type: 'ping', body }))
    },
    sayBye() {
      send(JSON.stringify({ type: 'bye', body: {} }))
    },
    take(replyTo, result) {
      if (replyTo === HELLO_ID) takeHello(replyOf('hello', result))
      else if (replyTo === PING_ID) takePong(replyOf('ping', result))
      else return false
      return true
    },
  }
}

/** Null for a refusal, and for a reply that is not what the protocol promises. */
function replyOf<T extends 'hello' | 'ping'>(
  type: T,
  result: Parsed<unknown>,
): RequestReply<T> | null {
  if (!result.ok) return null
  const reply = parseReply(type, result.value)
  return reply.ok ? reply.value : null
}
