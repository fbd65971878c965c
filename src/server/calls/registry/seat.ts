import { acceptedTo } from './accept.ts'
import { isSameLeg, type LiveCall, type TalkingCall, type UserLeg } from './call.ts'
import { comingTo } from './coming.ts'
import type { RegistryEffect } from './decision.ts'

/** The one seat of a user in a call: a callee has none while it rings, a stranger never. */
export function seatOf(
  call: LiveCall,
  userId: string,
): { leg: UserLeg; secret: string | null } | null {
  if (call.caller.userId === userId) return { leg: call.caller, secret: call.callerSecret }
  return call.phase === 'talking' && call.calleeId === userId
    ? { leg: call.callee, secret: call.calleeSecret }
    : null
}

/** Whether one of these secrets moves the seat of this user [CA12]. */
export function knowsSeat(call: LiveCall, { userId }: UserLeg, shown: readonly string[]): boolean {
  const secret = seatOf(call, userId)?.secret ?? null
  return secret !== null && shown.includes(secret)
}

/** The seat is this leg's now, whichever had it; the one before learns it, and who connects to it. */
export function moveSeat<C extends LiveCall>(
  call: C,
  { to, secret }: { to: UserLeg; secret: string },
): { moved: C; effects: RegistryEffect[] } {
  const from = seatOf(call, to.userId)?.leg ?? to
  const away = call.away.filter((leg) => !isSameLeg(leg, from) && !isSameLeg(leg, to))
  const moved = withSeat({ ...call, away }, { by: to, secret })
  const { callId } = call
  const effects: RegistryEffect[] = [
    { type: 'push', to: from, push: { type: 'call.taken', body: { callId } } },
    ...tellOthers(moved, to),
    { type: 'journal/seated', call: moved },
  ]
  return { moved, effects }
}

export function withSeat<C extends LiveCall>(
  call: C,
  { by, secret }: { by: UserLeg; secret: string },
): C {
  if (call.caller.userId === by.userId) return { ...call, caller: by, callerSecret: secret }
  return call.phase === 'talking'
    ? { ...call, callee: by, calleeSecret: secret, calleeLegs: [by] }
    : call
}

/** Who connects to this leg learns that it is another one now, and connects anew. */
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
