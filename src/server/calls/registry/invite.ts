import { RING_TIMEOUT_MS } from '#shared/limits.ts'
import { acceptBy, isRinging, mergedReply } from './accept.ts'
import {
  isSameLeg,
  legRefOf,
  type LiveCall,
  type MergedInvite,
  type RingingCall,
  type UserLeg,
} from './call.ts'
import { closeCall } from './close.ts'
import type { CommandOf } from './commands.ts'
import {
  andThen,
  done,
  refuse,
  type Decision,
  type RegistryEffect,
  type RegistryView,
} from './decision.ts'

type Invite = CommandOf<'invite'>

export function invite(registry: RegistryView, command: Invite, now: number): Decision {
  const repeated = repeatedInvite(registry, command)
  if (repeated?.reply.ok === true) return repeated
  const { by, body } = command
  // Nothing about strangers leaks: who is no contact gets the same answer as who does not exist, and
  // the same for the id of a call that goes on as for one that does not [CA1].
  if (!command.areContacts || body.calleeId === by.userId) return refuse('request/forbidden')
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

/**
 * Somebody else called a moment earlier. A leg that waits for its own call does not ring, so it is
 * told of that call once more when it has read that its own can not be [CA3].
 */
function refuseInCall(mine: LiveCall, by: UserLeg): Decision {
  const rings = isRinging(mine) && mine.calleeId === by.userId
  return { ...refuse('call/already-in-call'), effects: rings ? [{ type: 'follow-up', by }] : [] }
}

/** The reply was lost and the client asks again: same call, same answer [CA2]. */
function repeatedInvite(registry: RegistryView, { by, body }: Invite): Decision | null {
  const live = registry.call(body.callId)
  if (live !== undefined) {
    return isSameLeg(live.caller, by) ? done({}, ringingReply(live)) : refuse('request/conflict')
  }
  const ended = registry.ended(body.callId)
  if (ended !== undefined) {
    return ended.callerId === by.userId ? done({}, closedReply(ended)) : refuse('request/conflict')
  }
  if (registry.isWithdrawn(by.userId, body.callId)) return done({}, closedReply(NOTHING))
  const merged = registry.merged(body.callId)
  return merged === undefined ? null : repeatedGlare(registry, merged, by)
}

const NOTHING = { outcome: 'cancelled', durationMs: 0 }

function repeatedGlare(registry: RegistryView, merged: MergedInvite, by: UserLeg): Decision {
  if (!isSameLeg(merged.caller, by)) return refuse('request/conflict')
  const into = registry.call(merged.into)
  return into?.phase === 'talking' && isSameLeg(into.callee, by)
    ? done({}, mergedReply(into))
    : done({}, closedReply(registry.ended(merged.into) ?? { outcome: 'completed', durationMs: 0 }))
}

function ring(registry: RegistryView, command: Invite, now: number): Decision {
  const call = newCall(command, now)
  const opened: RegistryEffect = { type: 'journal/opened', call }
  // Busy is who rings or talks on any device, with anybody [CA7].
  if (registry.callOf(call.calleeId) !== undefined) {
    const closed = closeCall({ ...call, calleeLegs: [] }, 'busy', now)
    const effects = closed.effects.filter(({ type }) => type === 'journal/closed')
    return done(
      { ended: closed.ended, effects: [opened, ...effects] },
      closedReply({ outcome: 'busy', durationMs: 0 }),
    )
  }
  return done(
    {
      put: [call],
      effects: [
        opened,
        ...call.calleeLegs.map((leg) => comingTo(call, leg)),
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

/** What a leg of the callee is told; also one that connects while it rings [CA3]. */
export function comingTo(call: RingingCall, to: UserLeg): RegistryEffect {
  const { callId, callerView: caller, kind, invitedAt } = call
  const body = { callId, caller, kind, invitedAt, callerLeg: legRefOf(call.caller), iceServers: [] }
  return { type: 'push', to, push: { type: 'call.coming', body } }
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

const ringingReply = (call: LiveCall): object => ({
  status: 'ringing',
  invitedAt: call.invitedAt,
  reach: call.calleeLegs.length === 0 ? 'offline' : 'sent',
})

export const closedReply = ({
  outcome,
  durationMs,
}: {
  outcome: string
  durationMs: number
}): object => ({
  status: 'closed',
  outcome,
  durationMs,
})

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
