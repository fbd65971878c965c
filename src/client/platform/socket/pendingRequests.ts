import { AppError } from '#shared/errors.ts'
import { REQUEST_RETRY_MS } from '#shared/limits.ts'
import {
  mayWait,
  patienceOf,
  type RequestBody,
  type RequestReply,
  type RequestType,
} from '#shared/protocol/envelope.ts'
import { parseReply, type Parsed } from '#shared/protocol/parse.ts'

/** Requests that wait for their reply: each is said again until it is answered or too old. */
export interface PendingRequests {
  ask<T extends RequestType>(
    type: T,
    body: RequestBody<T>,
    signal?: AbortSignal,
  ): Promise<RequestReply<T>>
  settle(replyTo: number, result: Parsed<unknown>): void
  /** The connection is up again: say everything that waits, in its order. */
  repeatAll(): void
  /** Nobody will answer any more. */
  failAll(error: AppError): void
}

interface Pending {
  readonly type: RequestType
  readonly frame: string
  readonly until: number
  readonly deadline: ReturnType<typeof setTimeout>
  readonly settle: (result: Parsed<unknown>) => void
  repeat: ReturnType<typeof setInterval>
  /** Not sent for now: the server asked to wait, or the caller no longer needs it. */
  isHeld: boolean
}

/** @param send says a frame when the connection is ready, and drops it otherwise: it is said again anyway */
export function createPendingRequests(send: Send): PendingRequests {
  const waiting = new Map<number, Pending>()
  let lastId = 0

  function finish(id: number, result: Parsed<unknown>): void {
    const pending = waiting.get(id)
    if (pending === undefined) return
    waiting.delete(id)
    clearInterval(pending.repeat)
    clearTimeout(pending.deadline)
    pending.settle(result)
  }

  function silence(id: number): void {
    const pending = waiting.get(id)
    if (pending === undefined) return
    clearInterval(pending.repeat)
    pending.isHeld = true
  }

  function settle(id: number, result: Parsed<unknown>): void {
    const pending = waiting.get(id)
    if (pending === undefined) return
    const retryAfterMs = result.ok ? null : timeToWait(pending, result.error)
    if (retryAfterMs === null) finish(id, result)
    else hold(pending, { retryAfterMs, send })
  }

  return {
    ask(type, body, signal) {
      lastId += 1
      const id = lastId
      const frame = JSON.stringify({ id, type, body })
      signal?.addEventListener('abort', () => {
        silence(id)
      })
      return new Promise((resolve, reject) => {
        waiting.set(id, {
          type,
          frame,
          isHeld: false,
          until: performance.now() + patienceOf(type),
          repeat: repeatOf(frame, send),
          deadline: setTimeout(() => {
            finish(id, { ok: false, error: new AppError('request/timed-out') })
          }, patienceOf(type)),
          settle(result) {
            const reply = result.ok ? parseReply(type, result.value) : result
            if (reply.ok) resolve(reply.value)
            else reject(reply.error)
          },
        })
        send(frame)
      })
    },
    settle,
    repeatAll() {
      for (const { frame, isHeld } of waiting.values()) if (!isHeld) send(frame)
    },
    failAll(error) {
      for (const id of [...waiting.keys()]) finish(id, { ok: false, error })
    },
  }
}

type Send = (frame: string) => void

const repeatOf = (frame: string, send: Send): ReturnType<typeof setInterval> =>
  setInterval(() => {
    send(frame)
  }, REQUEST_RETRY_MS)

/** Say nothing until the server is ready for it, and go on repeating from then on. */
function hold(pending: Pending, options: { retryAfterMs: number; send: Send }): void {
  const { retryAfterMs, send } = options
  clearInterval(pending.repeat)
  pending.isHeld = true
  pending.repeat = setTimeout(() => {
    pending.isHeld = false
    pending.repeat = repeatOf(pending.frame, send)
    send(pending.frame)
  }, retryAfterMs)
}

/** How long to wait after this refusal, in ms; null when it is one to be told of, or would be too late. */
function timeToWait({ type, until }: Pending, { code, retryAfterMs }: AppError): number | null {
  if (code !== 'request/rate-limited' || retryAfterMs === undefined) return null
  return mayWait(type) && performance.now() + retryAfterMs < until ? retryAfterMs : null
}
