import * as v from 'valibot'

/**
 * Identifiers on the wire are lower-case UUIDs (RFC 9562). A `callId` and a message id are version 7,
 * minted by the client that starts the call or writes the message, so that a repeated request is
 * recognised as the same one.
 */
export const Uuid = v.pipe(v.string(), v.regex(/^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/))

export const UuidV7 = v.pipe(
  v.string(),
  v.regex(/^[0-9a-f]{8}-[0-9a-f]{4}-7[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/),
)

/** One call, minted by the caller's client [CA2]. */
export const CallId = UuidV7
export type CallId = string
/** One account. */
export const UserId = Uuid
export type UserId = string
/** One browser profile of a user: kept in its storage, shared by its tabs. */
export const DeviceId = Uuid
export type DeviceId = string
/** One tab's part in a call: minted per page load, tied to one WebSocket at a time. */
export const LegId = Uuid
export type LegId = string
/** One private conversation or group. */
export const ConversationId = Uuid
export type ConversationId = string
