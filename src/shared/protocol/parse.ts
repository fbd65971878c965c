import * as v from 'valibot'
import { AppError } from '../errors.ts'
import {
  PushEnvelope,
  pushes,
  ReplyEnvelope,
  RequestEnvelope,
  requests,
  type Push,
  type Request,
  type RequestType,
  type RequestReply,
} from './envelope.ts'

export type Parsed<T> = { ok: true; value: T } | { ok: false; error: AppError }

/** Check a value of the outside against a schema; a failure is `protocol/malformed` with the field. */
export function check<S extends v.GenericSchema>(
  schema: S,
  value: unknown,
  path = '',
): Parsed<v.InferOutput<S>> {
  const result = v.safeParse(schema, value, { abortEarly: true })
  if (result.success) return { ok: true, value: result.output }
  const [issue] = result.issues
  const field = [path, v.getDotPath(issue)].filter(Boolean).join('.').slice(0, 200)
  return malformed(field)
}

function malformed(field: string): { ok: false; error: AppError } {
  return { ok: false, error: new AppError('protocol/malformed', field === '' ? {} : { field }) }
}

function parseJson(text: string): Parsed<unknown> {
  try {
    return { ok: true, value: JSON.parse(text) }
  } catch (cause) {
    return { ok: false, error: new AppError('protocol/malformed', { cause }) }
  }
}

export interface ReceivedRequest {
  /** Number to answer to, or null when nobody waits. */
  id: number | null
  request: Parsed<Request>
}

/** One frame from a client. Never throws; what does not fit carries the id, so that it can be answered. */
export function parseRequest(text: string): ReceivedRequest {
  const json = parseJson(text)
  if (!json.ok) return { id: null, request: json }
  const envelope = check(RequestEnvelope, json.value)
  if (!envelope.ok) return { id: null, request: envelope }
  const { type, body, id = null } = envelope.value
  if (!Object.hasOwn(requests, type)) {
    return {
      id,
      request: { ok: false, error: new AppError('protocol/unknown-type', { field: 'type' }) },
    }
  }
  const checked = check(requests[type as RequestType].body, body, 'body')
  if (!checked.ok) return { id, request: checked }
  return { id, request: { ok: true, value: { type, body: checked.value } as Request } }
}

export type Received =
  | { kind: 'reply'; replyTo: number | null; result: Parsed<unknown> }
  | { kind: 'push'; n: number | null; push: Push }

/** One frame from the server. A reply's body is checked by `parseReply`, which knows the request. */
export function parseReceived(text: string): Parsed<Received> {
  const json = parseJson(text)
  if (!json.ok) return json
  const reply = v.safeParse(ReplyEnvelope, json.value)
  if (reply.success) {
    const { output } = reply
    const result: Parsed<unknown> = output.ok
      ? { ok: true, value: output.body }
      : { ok: false, error: AppError.fromWire(output.error) }
    return { ok: true, value: { kind: 'reply', replyTo: output.replyTo, result } }
  }
  return parsePush(json.value)
}

function parsePush(value: unknown): Parsed<Received> {
  const envelope = check(PushEnvelope, value)
  if (!envelope.ok) return envelope
  const { type, body, n = null } = envelope.value
  if (!Object.hasOwn(pushes, type)) {
    return { ok: false, error: new AppError('protocol/unknown-type', { field: 'type' }) }
  }
  const checked = check(pushes[type as Push['type']], body, 'body')
  if (!checked.ok) return checked
  return { ok: true, value: { kind: 'push', n, push: { type, body: checked.value } as Push } }
}

/** The body of a reply, as the request's type promises it. */
export function parseReply<T extends RequestType>(type: T, body: unknown): Parsed<RequestReply<T>> {
  return check(requests[type].reply, body, 'body')
}
