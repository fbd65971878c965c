import { acceptedTo } from './accept.ts'
import { isSameLeg, type LiveCall, type TalkingCall, type UserLeg } from './call.ts'
import { comingTo } from './coming.ts'
import type { RegistryEffect } from './decision.ts'

/** The leg of a user that is in a call: a callee has none while it rings, a stranger never. */
export function participantOf(
  call: LiveCall,
  userId: string,
): { leg: UserLeg; secret: string | null } | null {
  if (call.caller.userId === userId) return { leg: call.caller, secret: call.callerSecret }
  return call.phase === 'talking' && call.calleeId === userId
    ? { leg: call.callee, secret: call.calleeSecret }
    : null
}

/** Whether one of these secrets lets a leg replace that of this user [CA12]. */
export function knowsSecret(
  call: LiveCall,
  { userId }: UserLeg,
  shown: readonly string[],
): boolean {
  const secret = participantOf(call, userId)?.secret ?? null
  return secret !== null && shown.includes(secret)
}

/** This leg replaces the one before it, which is told; so are those that connect to it. */
export function replaceLeg<C extends LiveCall>(
  call: C,
  { to, secret }: { to: UserLeg; secret: string },
): { moved: C; effects: RegistryEffect[] } {
  const from = participantOf(call, to.userId)?.leg ?? to
  const away = call.away.filter((leg) => !isSameLeg(leg, from) && !isSameLeg(leg, to))
  const moved = withParticipant({ ...call, away }, { by: to, secret })
  const { callId } = call
  const effects: RegistryEffect[] = [
    { type: 'push', to: from, push: { type: 'call.taken', body: { callId } } },
    ...tellOthers(moved, to),
    { type: 'journal/moved', call: moved },
  ]
  return { moved, effects }
}

export function withParticipant<C extends LiveCall>(
  call: C,
  { by, secret }: { by: UserLeg; secret: string },
): C {
  if (call.caller.userId === by.userId) return { ...call, caller: by, callerSecret: secret }
  return call.phase === 'talking'
    ? { ...call, callee: by, calleeSecret: secret, calleeLegs: [by] }
    : call
}

/** Those that connect to this leg learn that it is another one now, and connect again. */
function tellOthers(call: LiveCall, moved: UserLeg): RegistryEffect[] {
  if (call.phase === 'ringing') return call.calleeLegs.flatMap((leg) => comingTo(call, leg))
  const peer = peerOf(call, moved)
  const { callId } = call
  return [
    acceptedTo(call, peer),
    { type: 'push', to: peer, push: { type: 'call.peer', body: { callId, presence: 'back' } } },
  ]
}

export const peerOf = (call: TalkingCall, leg: UserLeg): UserLeg =>
  isSameLeg(call.caller, leg) ? call.callee : call.caller
