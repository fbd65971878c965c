import type { AppError } from '#shared/errors.ts'
import type { Push } from '#shared/protocol/envelope.ts'

/** A request answered well. */
export const replyFrame = (replyTo: number, body: object): string =>
  JSON.stringify({ replyTo, ok: true, body })

/** A request, or a frame that was none, answered with a typed error. */
export const errorFrame = (replyTo: number | null, error: AppError): string =>
  JSON.stringify({ replyTo, ok: false, error: error.toWire() })

/** Something the server says on its own; `n` only for call frames, which are numbered per leg. */
export const pushFrame = (push: Push, n?: number): string => JSON.stringify({ n, ...push })
