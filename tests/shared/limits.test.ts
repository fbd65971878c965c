import { describe, expect, it } from 'vitest'
import * as limits from '#shared/limits.ts'
import { patienceOf, requests, type RequestType } from '#shared/protocol/envelope.ts'

const ENDINGS = ['call.reject', 'call.cancel', 'call.hangup']
const others = (Object.keys(requests) as RequestType[]).filter((type) => !ENDINGS.includes(type))

/** Each pair: what must be less than what, and why. */
const ORDER = [
  ['HEARTBEAT_INTERVAL_MS', 'HEARTBEAT_TIMEOUT_MS', 'a link that lives shows it twice in time'],
  ['HEARTBEAT_TIMEOUT_MS', 'REQUEST_TIMEOUT_MS', 'a request survives the loss of a dead link'],
  ['REQUEST_RETRY_MS', 'REQUEST_TIMEOUT_MS', 'a lost request is said again'],
  ['REQUEST_TIMEOUT_MS', 'LEG_GRACE_MS', 'the answer to a request finds the leg in its place'],
  ['HEARTBEAT_TIMEOUT_MS', 'LEG_GRACE_MS', 'a leg has time to notice and to come back'],
  ['LEG_UNLOAD_GRACE_MS', 'LEG_GRACE_MS', 'a page that is gone is waited for less'],
  ['RING_HINT_MS', 'RING_TIMEOUT_MS', '[CA4] the hint comes while it rings'],
  ['RING_TIMEOUT_MS', 'RING_SAFETY_MS', '[CA4] the server ends the ringing before the client'],
  ['CLOSING_LINGER_MS', 'REQUEST_RETRY_MS', 'the end of a call is gone before it is repeated'],
  ['SDP_MAX_CHARS', 'FRAME_MAX_BYTES', '[CA15] a description of ASCII fits into a frame'],
  ['CANDIDATE_MAX_CHARS', 'SDP_MAX_CHARS', '[CA15] a candidate is smaller than a description'],
  ['FRAME_MAX_BYTES', 'MAILBOX_MAX_BYTES', '[CA11] the mailbox holds the largest frame'],
  ['FRAME_MAX_BYTES', 'SEND_QUEUE_MAX_BYTES', 'the largest frame does not close a slow socket'],
  ['PASSWORD_MIN_CHARS', 'PASSWORD_MAX_CHARS', 'some password fits'],
  ['REJECT_TEXT_MAX_CHARS', 'TEXT_MAX_CHARS', '[CA6] the text of a decline is a message'],
] as const

describe('limits', () => {
  it.each(ORDER)('%s is less than %s: %s', (less, more) => {
    expect(limits[less]).toBeLessThan(limits[more])
  })

  it('[CA15] gives descriptions half a frame, so that JSON may escape them', () => {
    expect(2 * limits.SDP_MAX_CHARS).toBeLessThanOrEqual(limits.FRAME_MAX_BYTES)
  })

  it.each(ENDINGS)(
    '[CA10] repeats %s for longer than the server keeps the place of a leg',
    (type) => {
      expect(patienceOf(type as RequestType)).toBeGreaterThan(limits.LEG_GRACE_MS)
    },
  )

  it.each(others)('gives up %s after the time-out of a request', (type) => {
    expect(patienceOf(type)).toBe(limits.REQUEST_TIMEOUT_MS)
  })
})
