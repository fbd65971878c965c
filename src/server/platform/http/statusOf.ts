import type { ErrorCode } from '#shared/errors.ts'

/** The HTTP status of each failure; those that only a client can meet would be bugs here. */
const STATUS: Record<ErrorCode, number> = {
  'protocol/malformed': 400,
  'protocol/unknown-type': 400,
  'protocol/too-large': 413,
  'protocol/outdated': 400,
  'protocol/not-ready': 409,
  'auth/wrong-credentials': 401,
  'auth/signed-out': 401,
  'auth/other-account': 403,
  'auth/mobile-taken': 409,
  'auth/password-too-common': 422,
  'request/forbidden': 403,
  'request/blocked': 403,
  'request/not-found': 404,
  'request/conflict': 409,
  'request/too-late': 409,
  'request/rate-limited': 429,
  'request/timed-out': 504,
  'request/server': 500,
  'connection/offline': 500,
  'connection/refused': 500,
  'connection/superseded': 500,
  'media/permission-denied': 500,
  'media/not-found': 500,
  'media/in-use': 500,
  'media/insecure-origin': 500,
  'media/unsupported': 500,
  'media/autoplay-blocked': 500,
  'media/processor-failed': 500,
  'media/other': 500,
  'negotiation/failed': 500,
  'negotiation/no-path': 500,
  'negotiation/no-relay': 500,
  'call/taken': 409,
  'call/ended': 409,
  'call/already-in-call': 409,
}

/** Which HTTP status says this failure. */
export function statusOf(code: ErrorCode): number {
  return STATUS[code]
}
