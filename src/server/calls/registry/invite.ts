import { RING_TIMEOUT_MS } from '#shared/limits.ts'
import { acceptBy, isRinging, mergedReply } from './accept.ts'
import { isSameLeg, type LiveCall, type RingingCall, type UserLeg } from './call.ts'
import { closeCall } from './close.ts'
import { comingTo, ringAfterwards } from './coming.ts'
import type { CommandOf } from './commands.ts'
import { andThen, done, refuse, type Decision, type RegistryView } from './decision.ts'
import { closedReply, repeatedInvite, ringingReply } from './repeatedInvite.ts'

type Invite = CommandOf<'invite'>

export function invite(registry: RegistryView, command: Invite, now: number): Decision {
  const repeated = repeatedInvite(registry, command, now)
  if (repeated?.reply.ok === true) return repeated
  const { by, body } = command
  // Nothing about strangers leaks: who is no contact gets the same answer as who does not exist, and
  // the same for the id of a call that goes on as for one that does not [CA1].
  const refusal = body.calleeId === by.userId ? 'request/forbidden' : command.refusal
  if (refusal !== null) return refuse(refusal)
  if (repeated !== null) return repeated

  const mine = registry.callOf(by.userId)
  return mine === undefined
    ? ring(registry, command, now)
    : inviteFromCall({ registry, mine }, command, now)
}

/** Who is in a call already invites somebody. */
function inviteFromCall(
  { registry, mine }: { registry: RegistryView; mine: LiveCall },
  command: Invite,
  now: number,
): Decision {
  const { by, body } = command
  if (isRinging(mine) && mine.calleeId === by.userId && mine.caller.userId === body.calleeId) {
    return glare(mine, command, now)
  }
  if (!isLegOf(mine, by)) return refuseInCall(mine, by)
  // A leg has one call at a time: a new one from it means that it has left the old one behind.
  const left = closeCall(mine, mine.phase === 'talking' ? 'completed' : 'cancelled', now)
  return andThen(left, ring(without(registry, mine), command, now))
}

/** Somebody else called a moment earlier. */
const refuseInCall = (mine: LiveCall, by: UserLeg): Decision => ({
  ...refuse('call/already-in-call'),
  effects: ringAfterwards(mine, by),
})

function ring(registry: RegistryView, command: Invite, now: number): Decision {
  const call = newCall(command, now)
  // Busy is who rings or talks on any device, with anybody [CA7].
  if (registry.callOf(call.calleeId) !== undefined) {
    const closed = closeCall({ ...call, calleeLegs: [] }, 'busy', now)
    // It never opened: a restart between two lines of the journal would make it ring [CA14].
    const effects = closed.effects.filter(({ type }) => type === 'journal/closed')
    const reply = closedReply({ outcome: 'busy', durationMs: 0 })
    return done({ ended: closed.ended, effects }, reply)
  }
  return done(
    {
      put: [call],
      effects: [
        { type: 'journal/opened', call },
        ...call.calleeLegs.flatMap((leg) => comingTo(call, leg)),
        { type: 'arm', timer: 'ring', callId: call.callId, at: now + RING_TIMEOUT_MS },
      ],
    },
    ringingReply(call),
  )
}

/** Both want to talk, so the earlier call is answered by this leg at once. Nobody rings [CA8]. */
function glare(mine: RingingCall, { by, body, secret }: Invite, now: number): Decision {
  const accepted = acceptBy(mine, { callee: by, secret }, now)
  const [talking] = accepted.put
  if (talking?.phase !== 'talking') throw new Error('an accepted call talks')
  const merged = { callId: body.callId, caller: by, into: mine.callId, mergedAt: now }
  return { ...accepted, merged: [merged], reply: { ok: true, body: mergedReply(talking) } }
}

function newCall({ by, body, secret, callerView, calleeLegs }: Invite, now: number): RingingCall {
  return {
    phase: 'ringing',
    callId: body.callId,
    kind: body.kind,
    caller: by,
    callerSecret: secret,
    callerView,
    calleeId: body.calleeId,
    invitedAt: now,
    calleeLegs,
    away: [],
  }
}

const isLegOf = (call: LiveCall, leg: UserLeg): boolean =>
  isSameLeg(call.caller, leg) || (call.phase === 'talking' && isSameLeg(call.callee, leg))

/** The registry as it is after one call has left it. */
const without = (registry: RegistryView, gone: LiveCall): RegistryView => ({
  ...registry,
  callOf: (userId) => {
    const call = registry.callOf(userId)
    return call === gone ? undefined : call
  },
})
