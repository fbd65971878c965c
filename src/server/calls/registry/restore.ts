import { LEG_GRACE_MS, RING_TIMEOUT_MS } from '#shared/limits.ts'
import type { LiveCall } from './call.ts'
import { closeCall } from './close.ts'
import { andThen, done, type Decision } from './decision.ts'

/**
 * A server that starts finds the calls that the one before it has left [CA14]. Their legs are away and
 * have the whole grace to come back, for they had no server to say anything to; what rang for too
 * long is over.
 */
export function restore(calls: readonly LiveCall[], now: number): Decision {
  return calls.map((call) => restoreOne(call, now)).reduce(andThen, done())
}

function restoreOne(call: LiveCall, now: number): Decision {
  const ringEnd = call.invitedAt + RING_TIMEOUT_MS
  if (call.phase === 'ringing' && ringEnd <= now) return closeCall(call, 'unanswered', ringEnd)
  const { callId, caller } = call
  const until = now + LEG_GRACE_MS
  const participants = call.phase === 'talking' ? [caller, call.callee] : [caller]
  const away = participants.map(({ userId, legId }) => ({
    userId,
    legId,
    until,
    sinceRinging: call.phase === 'ringing',
  }))
  const grace = { type: 'arm', timer: 'grace', callId, at: until } as const
  const ring = { type: 'arm', timer: 'ring', callId, at: ringEnd } as const
  return done({
    put: [{ ...call, away }],
    effects: call.phase === 'ringing' ? [grace, ring] : [grace],
  })
}
