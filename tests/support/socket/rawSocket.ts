import { onTestFinished } from 'vitest'
import { WebSocket, type ClientOptions } from 'ws'
import { PROTOCOL_VERSION } from '#shared/limits.ts'
import { uuidv4 } from 'uuidv7'
import { ownerOf } from '../server/cookieOwners.ts'

/** A frame of the server, as it came. */
export interface RawFrame {
  readonly replyTo?: number | null
  readonly ok?: boolean
  readonly error?: { code: string; field?: string; retryAfterMs?: number }
  readonly n?: number
  readonly type?: string
  readonly body?: Readonly<Record<string, unknown>>
}

/** A WebSocket that says whatever a test wants it to. */
export interface RawSocket {
  readonly socket: WebSocket
  readonly legId: string
  readonly deviceId: string
  /** Everything that came. */
  readonly frames: readonly RawFrame[]
  /** What was pushed, but who came and went: that comes at any time. */
  readonly pushes: readonly RawFrame[]
  readonly presences: readonly RawFrame[]
  /** The close code, once it is closed. */
  readonly closed: Promise<number>
  send(data: string | Buffer, options?: { binary?: boolean }): void
  /** The next error that answers no request. */
  complaint(): Promise<RawFrame>
  /** The reply to this id, now or later. */
  answer(id: number): Promise<RawFrame>
  /** Ask, and wait for the reply. */
  ask(type: string, body?: unknown): Promise<RawFrame>
  /** The first frame of this type, now or later. */
  pushed(type: string): Promise<RawFrame>
  hello(over?: Record<string, unknown>): Promise<RawFrame>
}

export interface RawSocketOptions {
  origin: string
  cookie?: string
  /** Sent as the `Origin` header; the server's own when left out, none when null. */
  from?: string | null
  path?: string
  /** Sent as the `Host` header; the server's own when left out. */
  host?: string
  /** What a proxy says of who asked it. */
  forwardedFor?: string
  ws?: ClientOptions
}

const headersOf = ({
  origin,
  cookie,
  from,
  host,
  forwardedFor,
}: RawSocketOptions): Record<string, string> => ({
  ...(from === null ? {} : { origin: from ?? origin }),
  ...(cookie === undefined ? {} : { cookie }),
  ...(host === undefined ? {} : { host }),
  ...(forwardedFor === undefined ? {} : { 'x-forwarded-for': forwardedFor }),
})

const isPresence = (type: string): boolean => type.startsWith('presence.')

function connect(options: RawSocketOptions): WebSocket {
  const { origin, path = '/ws', ws = {} } = options
  const url = `${origin.replace('http', 'ws')}${path}`
  const socket = new WebSocket(url, {
    perMessageDeflate: false,
    headers: headersOf(options),
    ...ws,
  })
  onTestFinished(() => {
    socket.terminate()
  })
  return socket
}

/** The HTTP status with which an upgrade is refused; 101 when it is not. */
export function upgradeStatus(options: RawSocketOptions): Promise<number> {
  const socket = connect(options)
  return new Promise((resolve, reject) => {
    socket.on('open', () => {
      resolve(101)
    })
    socket.on('unexpected-response', (request, { statusCode = 0 }) => {
      request.destroy()
      resolve(statusCode)
    })
    socket.on('error', reject)
  })
}

/** @throws when the server does not let it in */
export async function openRawSocket(options: RawSocketOptions): Promise<RawSocket> {
  const socket = connect(options)
  const raw = createRawSocket(socket, ownerOf(options.cookie))
  await new Promise<void>((resolve, reject) => {
    socket.on('open', resolve)
    socket.on('error', reject)
  })
  return raw
}

function createRawSocket(socket: WebSocket, userId: string | null): RawSocket {
  const frames: RawFrame[] = []
  const waiting = new Set<() => void>()
  // Small ids are left to tests that write frames themselves.
  let lastId = 1_000
  let complaints = 0

  socket.on('message', (data: Buffer) => {
    frames.push(JSON.parse(data.toString()) as RawFrame)
    for (const look of waiting) look()
  })
  const closed = new Promise<number>((resolve) => {
    socket.on('close', resolve)
  })

  function first(isMeant: (frame: RawFrame) => boolean): Promise<RawFrame> {
    return new Promise((resolve) => {
      const look = (): void => {
        const found = frames.find(isMeant)
        if (found === undefined) return
        waiting.delete(look)
        resolve(found)
      }
      waiting.add(look)
      look()
    })
  }

  const raw: RawSocket = {
    socket,
    legId: uuidv4(),
    deviceId: uuidv4(),
    frames,
    get pushes() {
      return frames.filter(({ type }) => type !== undefined && !isPresence(type))
    },
    get presences() {
      return frames.filter(({ type }) => type !== undefined && isPresence(type))
    },
    closed,
    send(data, options) {
      socket.send(data, { ...options })
    },
    complaint() {
      const seen = complaints
      complaints += 1
      return first(
        (frame) =>
          frame.replyTo === null &&
          frames.filter(({ replyTo }) => replyTo === null).indexOf(frame) === seen,
      )
    },
    answer: (id) => first(({ replyTo }) => replyTo === id),
    ask(type, body = {}) {
      lastId += 1
      socket.send(JSON.stringify({ id: lastId, type, body }))
      return raw.answer(lastId)
    },
    pushed: (type) => first((frame) => frame.type === type),
    hello(over = {}) {
      const { legId, deviceId } = raw
      const body = {
        protocol: PROTOCOL_VERSION,
        deviceId,
        legId,
        ...(userId === null ? {} : { userId }),
        received: 0,
        epoch: null,
        ...over,
      }
      return raw.ask('hello', body)
    },
  }
  return raw
}
