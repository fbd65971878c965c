import type { RecordedOutcome } from '#shared/protocol/calls.ts'
import { isSameLeg, type LiveCall, type UserLeg } from './call.ts'
import { done, type Decision, type RegistryEffect } from './decision.ts'

/** Every leg that has anything to do with a call. */
export const legsOf = (call: LiveCall): readonly UserLeg[] => [call.caller, ...call.calleeLegs]

const isCallerGone = ({ away, caller }: LiveCall): boolean =>
  away.some((leg) => leg.sinceRinging && isSameLeg(leg, caller))

/** The one way to an end: everybody is told, the record is written once [CA13]. */
export function closeCall(call: LiveCall, how: RecordedOutcome, now: number): Decision {
  const hasMet = call.phase === 'talking' && !isCallerGone(call)
  const durationMs = hasMet ? Math.max(0, now - call.acceptedAt) : 0
  // The caller went while it rang, and never learned of the answer: that is a cancel.
  const outcome = call.phase === 'talking' && !hasMet ? 'cancelled' : how
  const { callId, kind, calleeId } = call
  const callerId = call.caller.userId
  const legs = legsOf(call)
  const body = { callId, outcome, durationMs }
  const pushes = legs.map((to): RegistryEffect => ({
    type: 'push',
    to,
    push: { type: 'call.closed', body },
  }))
  const ending = { callId, kind, callerId, calleeId, outcome, durationMs, closedAt: now }
  return done({
    effects: [...pushes, { type: 'journal/closed', ending, legs }],
    ended: [{ callId, callerId, calleeId, outcome, durationMs, endedAt: now }],
  })
}
