import { isRinging } from './accept.ts'
import { isAway, legRefOf, type LiveCall, type RingingCall, type UserLeg } from './call.ts'
import type { RegistryEffect } from './decision.ts'

/** What a leg of the callee is told; also one that connects while it rings [CA3]. */
export function comingTo(call: RingingCall, to: UserLeg): RegistryEffect[] {
  const { callId, callerView: caller, kind, invitedAt } = call
  const body = { callId, caller, kind, invitedAt, callerLeg: legRefOf(call.caller), iceServers: [] }
  const coming = { type: 'push', to, push: { type: 'call.coming', body } } as const
  if (!isAway(call, call.caller)) return [coming]
  const away = { callId, presence: 'away' } as const
  return [coming, { type: 'push', to, push: { type: 'call.peer', body: away } }]
}

/** Whether any device of the callee that could ring is connected. */
export const reachOf = (call: LiveCall): 'sent' | 'offline' =>
  call.calleeLegs.every((leg) => isAway(call, leg)) ? 'offline' : 'sent'

/**
 * A leg that believes that it is in a call of its own does not ring, so it is told who calls its user
 * once more when it has read that its own can not be [CA3].
 */
export function ringAfterwards(call: LiveCall | undefined, by: UserLeg): RegistryEffect[] {
  const rings = isRinging(call) && call.calleeId === by.userId
  return rings ? [{ type: 'follow-up', by }] : []
}
