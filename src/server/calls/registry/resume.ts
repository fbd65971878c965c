import { acceptBy, acceptedBody } from './accept.ts'
import { isSameLeg, type LiveCall, type UserLeg } from './call.ts'
import { ringAfterwards } from './coming.ts'
import type { CommandOf, Resuming } from './commands.ts'
import { done, refuse, type Decision, type RegistryView } from './decision.ts'
import { isInCall } from './leave.ts'
import { closedReply } from './repeatedInvite.ts'
import { knowsSecret, replaceLeg, peerOf, participantOf, withParticipant } from './participant.ts'

/**
 * A leg comes back to its call: a reloaded page takes the place of the page before it [CA12], one
 * whose server was restarted asks how the call stands [CA14]. The reply says it.
 */
export function resume(
  registry: RegistryView,
  { by, callId, secrets }: CommandOf<'resume'>,
  now: number,
): Decision {
  const call = registry.call(callId)
  if (call !== undefined && isInCall(call, by)) return stayIn(call, { by, secrets }, now)
  if (call !== undefined && knowsSecret(call, by, secrets.shown)) {
    const { moved, effects } = replaceLeg(call, { to: by, secret: secrets.next })
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

/** It is still a participant: it may have missed something, or know something that the server lost. */
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
  const participant = participantOf(call, by.userId)
  const isIn = participant !== null && isSameLeg(participant.leg, by)
  if (!isIn || participant.secret === secrets.next) return { ...done(), reply: standing(call, by) }
  const renewed = withParticipant(call, { by, secret: secrets.next })
  return {
    ...done({ put: [renewed], effects: [{ type: 'journal/moved', call: renewed }] }),
    reply: standing(renewed, by),
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
