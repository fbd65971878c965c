import { AppError } from '#shared/errors.ts'
import { REQUEST_RETRY_MS } from '#shared/limits.ts'
import {
  patienceOf,
  type RequestBody,
  type RequestReply,
  type RequestType,
} from '#shared/protocol/envelope.ts'
import { parseReply, type Parsed } from '#shared/protocol/parse.ts'

/** Requests that wait for their reply: each is said again until it is answered or too old. */
export interface PendingRequests {
  ask<T extends RequestType>(type: T, body: RequestBody<T>): Promise<RequestReply<T>>
  settle(replyTo: number, result: Parsed<unknown>): void
  /** The link is up again: say everything that waits, in its order. */
  repeatAll(): void
  /** Nobody will answer any more. */
  failAll(error: AppError): void
}

interface Pending {
  readonly frame: string
  readonly repeat: ReturnType<typeof setInterval>
  readonly deadline: ReturnType<typeof setTimeout>
  readonly settle: (result: Parsed<unknown>) => void
}

/** @param send says a frame when the link is ready, and drops it otherwise: it is said again anyway */
export function createPendingRequests(send: (frame: string) => void): PendingRequests {
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

  return {
    ask(type, body) {
      lastId += 1
      const id = lastId
      const frame = JSON.stringify({ id, type, body })
      return new Promise((resolve, reject) => {
        waiting.set(id, {
          frame,
          repeat: setInterval(() => {
            send(frame)
          }, REQUEST_RETRY_MS),
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
    settle: finish,
    repeatAll() {
      for (const { frame } of waiting.values()) send(frame)
    },
    failAll(error) {
      for (const id of [...waiting.keys()]) finish(id, { ok: false, error })
    },
  }
}
