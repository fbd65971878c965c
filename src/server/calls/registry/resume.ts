import { acceptBy, acceptedBody, acceptedTo } from './accept.ts'
import { isSameLeg, type LiveCall, type TalkingCall, type UserLeg } from './call.ts'
import type { CommandOf, Resuming } from './commands.ts'
import { done, refuse, type Decision, type RegistryEffect, type RegistryView } from './decision.ts'
import { closedReply, comingTo } from './invite.ts'
import { isInCall } from './leave.ts'

/**
 * A leg comes back to its call: a page that was reloaded takes the seat of the one before [CA12], one
 * whose server was restarted asks how the call stands [CA14]. The reply says it.
 */
export function resume(
  registry: RegistryView,
  { by, callId, secrets }: CommandOf<'resume'>,
  now: number,
): Decision {
  const call = registry.call(callId)
  if (call === undefined) return askedTooLate(registry, by, callId)
  if (isInCall(call, by)) return stayIn(call, { by, secrets }, now)
  const isParty = by.userId === call.caller.userId || by.userId === call.calleeId
  if (!isParty) return refuse('call/ended')
  const seat = seatOf(call, by.userId)
  if (seat === null || !isKnown(seat.secret, secrets)) return refuse('call/taken')
  return moveSeat(call, { from: seat.leg, to: by }, secrets.next)
}

const isKnown = (secret: string | null, { shown }: Resuming): boolean =>
  secret !== null && shown.includes(secret)

/** How it ended, for the two whom it concerned. */
function askedTooLate(registry: RegistryView, by: UserLeg, callId: string): Decision {
  const ended = registry.ended(callId)
  const isParty = ended?.callerId === by.userId || ended?.calleeId === by.userId
  return ended === undefined || !isParty ? refuse('call/ended') : done({}, closedReply(ended))
}

/** The one seat of a user in a call; a callee has none while it rings. */
function seatOf(call: LiveCall, userId: string): { leg: UserLeg; secret: string | null } | null {
  if (call.caller.userId === userId) return { leg: call.caller, secret: call.callerSecret }
  return call.phase === 'talking' ? { leg: call.callee, secret: call.calleeSecret } : null
}

/** It has its seat: it may have missed something, or know something that the server has lost. */
function stayIn(
  call: LiveCall,
  { by, secrets }: { by: UserLeg; secrets: Resuming },
  now: number,
): Decision {
  if (call.phase === 'ringing' && secrets.answered && call.calleeId === by.userId) {
    const accepted = acceptBy(call, { callee: by, secret: secrets.next }, now)
    const [talking] = accepted.put
    return talking === undefined ? accepted : { ...accepted, reply: standing(talking, by) }
  }
  const seat = seatOf(call, by.userId)
  if (seat === null || !isSameLeg(seat.leg, by)) return { ...done(), reply: standing(call, by) }
  const seated = withSeat(call, { by, secret: secrets.next })
  return {
    ...done({ put: [seated], effects: [{ type: 'journal/seated', call: seated }] }),
    reply: standing(seated, by),
  }
}

function moveSeat(
  call: LiveCall,
  { from, to }: { from: UserLeg; to: UserLeg },
  secret: string,
): Decision {
  const away = call.away.filter((leg) => !isSameLeg(leg, from) && !isSameLeg(leg, to))
  const moved = withSeat({ ...call, away }, { by: to, secret })
  const taken: RegistryEffect = {
    type: 'push',
    to: from,
    push: { type: 'call.taken', body: { callId: call.callId } },
  }
  return {
    ...done({
      put: [moved],
      effects: [taken, ...tellOthers(moved, to), { type: 'journal/seated', call: moved }],
    }),
    reply: standing(moved, to),
  }
}

function withSeat(call: LiveCall, { by, secret }: { by: UserLeg; secret: string }): LiveCall {
  if (call.caller.userId === by.userId) return { ...call, caller: by, callerSecret: secret }
  return call.phase === 'talking'
    ? { ...call, callee: by, calleeSecret: secret, calleeLegs: [by] }
    : call
}

/** Who connects to this leg learns that it is another one now, and connects anew. */
function tellOthers(call: LiveCall, moved: UserLeg): RegistryEffect[] {
  if (call.phase === 'ringing') return call.calleeLegs.map((leg) => comingTo(call, leg))
  const peer = peerOf(call, moved)
  const { callId } = call
  return [
    acceptedTo(call, peer),
    { type: 'push', to: peer, push: { type: 'call.peer', body: { callId, presence: 'back' } } },
  ]
}

const peerOf = (call: TalkingCall, leg: UserLeg): UserLeg =>
  isSameLeg(call.caller, leg) ? call.callee : call.caller

/** Where the call stands for one of its legs. */
const standing = (call: LiveCall, by: UserLeg): Decision['reply'] => ({
  ok: true,
  body:
    call.phase === 'ringing'
      ? { status: 'ringing', invitedAt: call.invitedAt }
      : { status: 'talking', ...acceptedBody(call, peerOf(call, by)) },
})
