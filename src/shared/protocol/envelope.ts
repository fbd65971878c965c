import * as v from 'valibot'
import { WireError } from '../errors.ts'
import { DeviceId, LegId, UserId, Uuid } from '../ids.ts'
import { LEG_GRACE_MS, REQUEST_TIMEOUT_MS } from '../limits.ts'
import { callPushes, callRequests } from './calls.ts'
import { chatRequests } from './chat.ts'
import { feedPushes, feedRequests } from './feed.ts'
import { groupRequests } from './groups.ts'
import { presencePushes, presenceRequests } from './presence.ts'

const Received = v.pipe(v.number(), v.integer(), v.minValue(0), v.maxValue(Number.MAX_SAFE_INTEGER))

/** The first frame of a socket. Nothing else is answered before it. */
const hello = {
  body: v.object({
    protocol: v.pipe(v.number(), v.integer()),
    deviceId: DeviceId,
    legId: LegId,
    /** The account that the tab belongs to [HS12]; older versions don't say it, and are told to reload. */
    userId: v.exactOptional(UserId),
    /** Number of the last call frame this leg has handled, and the epoch it was numbered in. */
    received: Received,
    epoch: v.nullable(Uuid),
  }),
  reply: v.object({
    userId: UserId,
    /** ms UTC: the client counts with the server's clock, not with its own. */
    serverNow: v.number(),
    /** One life of the server; numbers of another epoch mean nothing. */
    epoch: Uuid,
  }),
}

/** Each side shows that it lives. `received` lets the server forget what has arrived. */
const ping = {
  body: v.object({ received: Received }),
  /** Number of the last call frame sent to this leg: a lost last frame is noticed here. And the server's time. */
  reply: v.object({ sent: v.number(), serverNow: v.number() }),
}

/** The tab unloads: the grace of its calls is the short one [CA10]. */
const bye = { body: v.object({}), reply: v.object({}) }

/** Every frame that a client may send, with the shape of its body and of the reply. */
export const requests = {
  hello,
  ping,
  bye,
  ...callRequests,
  ...chatRequests,
  ...feedRequests,
  ...groupRequests,
  ...presenceRequests,
} as const
export type RequestType = keyof typeof requests
export type RequestBody<T extends RequestType> = v.InferOutput<(typeof requests)[T]['body']>
export type RequestReply<T extends RequestType> = v.InferOutput<(typeof requests)[T]['reply']>

const ENDINGS: ReadonlySet<RequestType> = new Set(['call.reject', 'call.cancel', 'call.hangup'])

/**
 * How long a request is repeated before it fails as `timed-out`, in ms. That somebody left a call
 * must still be heard after the longest time for which the server keeps the place of a leg [CA10].
 */
export const patienceOf = (type: RequestType): number =>
  ENDINGS.has(type) ? LEG_GRACE_MS + REQUEST_TIMEOUT_MS : REQUEST_TIMEOUT_MS

/** Whether a rate-limited request is said again by itself. Who dials is better told at once. */
export const mayWait = (type: RequestType): boolean => type !== 'call.invite'

/** Every frame that the server sends on its own. */
export const pushes = { ...callPushes, ...feedPushes, ...presencePushes } as const
export type PushType = keyof typeof pushes
export type PushBody<T extends PushType> = v.InferOutput<(typeof pushes)[T]>
export type Push = { [T in PushType]: { type: T; body: PushBody<T> } }[PushType]
/** The pushes that concern a call. */
export type CallPush = Extract<Push, { type: `call.${string}` }>
export type Request = { [T in RequestType]: { type: T; body: RequestBody<T> } }[RequestType]

const FrameId = v.pipe(v.number(), v.integer(), v.minValue(1), v.maxValue(Number.MAX_SAFE_INTEGER))

/** Client to server: `{ id, type, body }`. Without an id nobody waits for the reply. */
export const RequestEnvelope = v.object({
  id: v.exactOptional(FrameId),
  type: v.string(),
  body: v.unknown(),
})

/** Server to client: a reply to one request, or a push. `n` numbers the call frames of a leg from 1. */
export const ReplyEnvelope = v.variant('ok', [
  v.object({ replyTo: FrameId, ok: v.literal(true), body: v.unknown() }),
  v.object({ replyTo: v.nullable(FrameId), ok: v.literal(false), error: WireError }),
])
export const PushEnvelope = v.object({
  n: v.exactOptional(FrameId),
  type: v.string(),
  body: v.unknown(),
})

/**
 * Why the server closes a socket. 1009 (frame too large), 1003 (binary) and 1007 (not UTF-8) come
 * from the WebSocket layer itself; 1012 means that the server restarts.
 */
export const CLOSE_CODES = {
  /** The session ended: log in again. Do not retry. */
  signedOut: 4001,
  /** The client is of another version: reload. Do not retry. */
  outdated: 4002,
  /** The same leg has connected anew; this socket is an old one of it. Do not retry. */
  superseded: 4003,
  /** No hello, or no sign of life. Retry. */
  silent: 4004,
  /** More sockets than one user may have. Do not retry. */
  tooMany: 4005,
  /** The session is another account's than the tab's [HS12]: log in again. Do not retry. */
  otherAccount: 4006,
  /** The client did not read fast enough. Retry. */
  slow: 4008,
} as const
