import { isRinging } from './accept.ts'
import { legRefOf, type LiveCall, type RingingCall, type UserLeg } from './call.ts'
import type { RegistryEffect } from './decision.ts'

/** What a leg of the callee is told; also one that connects while it rings [CA3]. */
export function comingTo(call: RingingCall, to: UserLeg): RegistryEffect {
  const { callId, callerView: caller, kind, invitedAt } = call
  const body = { callId, caller, kind, invitedAt, callerLeg: legRefOf(call.caller), iceServers: [] }
  return { type: 'push', to, push: { type: 'call.coming', body } }
}

/**
 * A leg that believes that it is in a call of its own does not ring, so it is told who calls its user
 * once more when it has read that its own can not be [CA3].
 */
export function ringAfterwards(call: LiveCall | undefined, by: UserLeg): RegistryEffect[] {
  const rings = isRinging(call) && call.calleeId === by.userId
  return rings ? [{ type: 'follow-up', by }] : []
}
