import { AppError } from '#shared/errors.ts'
import { PROTOCOL_VERSION } from '#shared/limits.ts'
import {
  CLOSE_CODES,
  type Request,
  type RequestBody,
  type RequestReply,
  type RequestType,
} from '#shared/protocol/envelope.ts'
import { parseRequest } from '#shared/protocol/parse.ts'
import type { Log } from '#server/platform/log/log.ts'
import type { Connection, TabLeg } from './connection.ts'
import { errorFrame, replyFrame } from './frames.ts'
import type { FrameHandlers, LegListener } from './handlers.ts'
import { createReleaser } from './releaser.ts'

export interface ReceiverOptions {
  readonly epoch: string
  readonly now: () => number
  readonly elapsed: () => number
  readonly log: Log
  readonly handlers: FrameHandlers
  readonly legs: LegListener
  /** A leg has one socket: what it had so far is closed. */
  readonly supersede: (leg: TabLeg) => void
}

/** Whoever sent these goes on without the reply, which only keeps them from being said again. */
const UNHURRIED: ReadonlySet<RequestType> = new Set(['call.offer', 'call.answer', 'call.candidate'])

/** Takes one text frame, as text or as its bytes. Never throws. */
export type Receiver = (from: Connection, frame: string | Buffer) => void

/** What becomes of one text frame: counted, parsed, answered. */
export function createReceiver(options: ReceiverOptions): Receiver {
  const { elapsed, log } = options
  const releaseSoon = createReleaser()

  function fail(connection: Connection, id: number | null, cause: unknown): void {
    const error = cause instanceof AppError ? cause : new AppError('request/server', { cause })
    if (cause !== error) log.error({ err: cause, userId: connection.owner.userId }, 'frame failed')
    connection.send(errorFrame(id, error))
  }

  function say(connection: Connection, type: RequestType, text: string): void {
    if (UNHURRIED.has(type)) {
      connection.sendLater(text)
      releaseSoon(connection)
    } else connection.send(text)
  }

  function answer(connection: Connection, id: number | null, request: Request): void {
    const succeed = (reply: object): void => {
      if (id !== null) say(connection, request.type, replyFrame(id, reply))
    }
    const body = route(connection, request, options)
    if (!(body instanceof Promise)) {
      if (body !== null) succeed(body)
      // The reply to hello comes first, then what the tab has missed.
      if (request.type === 'hello' && body !== null) attach(connection, request.body, options)
      return
    }
    body.then(succeed, (cause: unknown) => {
      fail(connection, id, cause)
    })
  }

  return (connection, frame) => {
    connection.seenAt = elapsed()
    // Counted before anything is done for it.
    const retryAfterMs = connection.limit.take(connection.seenAt)
    if (retryAfterMs > 0 && connection.refusals.take(connection.seenAt) > 0) {
      connection.rest()
      return
    }
    const { id, request } = parseRequest(frame.toString())
    try {
      if (retryAfterMs > 0) throw new AppError('request/rate-limited', { retryAfterMs })
      if (!request.ok) throw request.error
      answer(connection, id, request.value)
    } catch (cause) {
      fail(connection, id, cause)
    }
  }
}

/** @returns the reply, or null when the socket is closed instead */
function route(
  connection: Connection,
  request: Request,
  options: ReceiverOptions,
): object | null | Promise<object> {
  if (request.type === 'hello') return hello(connection, request.body, options)
  const { leg } = connection
  if (leg === null) throw new AppError('protocol/not-ready', { field: 'type' })
  if (request.type === 'ping') {
    options.legs.acknowledged(leg, request.body.received)
    return { sent: options.legs.sentTo(leg), serverNow: options.now() }
  }
  if (request.type === 'bye') {
    connection.unloading = true
    return {}
  }
  // One handler per type, each typed by its own type; the pair is not visible through the lookup.
  const handler = options.handlers[request.type] as (
    by: TabLeg,
    body: unknown,
  ) => object | Promise<object>
  return handler(leg, request.body)
}

function hello(
  connection: Connection,
  body: RequestBody<'hello'>,
  { epoch, now }: ReceiverOptions,
): RequestReply<'hello'> | null {
  if (body.protocol !== PROTOCOL_VERSION) {
    connection.close(CLOSE_CODES.outdated)
    return null
  }
  if (body.userId === undefined) throw new AppError('protocol/malformed', { field: 'body.userId' })
  const { userId } = connection.owner
  // The cookie is the browser's, and another tab may have logged somebody else in [HS12].
  if (body.userId !== userId) {
    connection.close(CLOSE_CODES.otherAccount)
    return null
  }
  return { userId, serverNow: now(), epoch }
}

function attach(
  connection: Connection,
  { legId, deviceId, received, epoch }: RequestBody<'hello'>,
  { supersede, legs }: ReceiverOptions,
): void {
  // A second hello on the same socket asks again for what was lost on the way.
  const leg = connection.leg ?? { userId: connection.owner.userId, legId, deviceId }
  if (connection.leg === null) supersede(leg)
  connection.leg = leg
  legs.attached(leg, connection, { n: received, epoch })
}
