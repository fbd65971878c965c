import { acceptBy, acceptedBody } from './accept.ts'
import { isSameLeg, type LiveCall, type UserLeg } from './call.ts'
import { ringAfterwards } from './coming.ts'
import type { CommandOf, Resuming } from './commands.ts'
import { done, refuse, type Decision, type RegistryView } from './decision.ts'
import { isInCall } from './leave.ts'
import { closedReply } from './repeatedInvite.ts'
import { knowsSeat, moveSeat, peerOf, seatOf, withSeat } from './seat.ts'

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
  if (call !== undefined && isInCall(call, by)) return stayIn(call, { by, secrets }, now)
  if (call !== undefined && knowsSeat(call, by, secrets.shown)) {
    const { moved, effects } = moveSeat(call, { to: by, secret: secrets.next })
    return { ...done({ put: [moved], effects }), reply: standing(moved, by) }
  }
  const turnedAway = call === undefined ? askedTooLate(registry, by, callId) : notYours(call, by)
  return { ...turnedAway, effects: ringAfterwards(registry.callOf(by.userId), by) }
}

function notYours(call: LiveCall, { userId }: UserLeg): Decision {
  const isParty = userId === call.caller.userId || userId === call.calleeId
  return refuse(isParty ? 'call/taken' : 'call/ended')
}

/** How it ended, for the two whom it concerned. */
function askedTooLate(registry: RegistryView, by: UserLeg, callId: string): Decision {
  const ended = registry.ended(callId)
  const isParty = ended?.callerId === by.userId || ended?.calleeId === by.userId
  return ended === undefined || !isParty ? refuse('call/ended') : done({}, closedReply(ended))
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
  const isSeated = seat !== null && isSameLeg(seat.leg, by)
  if (!isSeated || seat.secret === secrets.next) return { ...done(), reply: standing(call, by) }
  const seated = withSeat(call, { by, secret: secrets.next })
  return {
    ...done({ put: [seated], effects: [{ type: 'journal/seated', call: seated }] }),
    reply: standing(seated, by),
  }
}

/** Where the call stands for one of its legs. */
const standing = (call: LiveCall, by: UserLeg): Decision['reply'] => ({
  ok: true,
  body:
    call.phase === 'ringing'
      ? { status: 'ringing', invitedAt: call.invitedAt }
      : { status: 'talking', ...acceptedBody(call, peerOf(call, by)) },
})
