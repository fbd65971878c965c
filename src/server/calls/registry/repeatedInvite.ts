import { acceptedTo, mergedReply } from './accept.ts'
import { isSameLeg, type LiveCall, type MergedInvite } from './call.ts'
import { reachOf } from './coming.ts'
import type { CommandOf } from './commands.ts'
import { done, refuse, type Decision, type RegistryView } from './decision.ts'
import { knowsSecret, replaceLeg } from './participant.ts'

type Invite = CommandOf<'invite'>

/** The reply was lost and the client asks again: same call, same answer [CA2]. */
export function repeatedInvite(
  registry: RegistryView,
  command: Invite,
  now: number,
): Decision | null {
  const { by, body } = command
  const live = registry.call(body.callId)
  if (live !== undefined) return repeatedLive(live, command)
  const ended = registry.ended(body.callId)
  if (ended !== undefined) {
    return ended.callerId === by.userId ? done({}, closedReply(ended)) : refuse('request/conflict')
  }
  if (registry.isWithdrawn(by.userId, body.callId)) return done({}, closedReply(NOTHING))
  const merged = registry.merged(body.callId) ?? mergedInEarlierLife(registry, command, now)
  return merged === undefined ? null : repeatedGlare(registry, merged, command)
}

/**
 * A server that was restarted does not remember what glare merged, but the secret tells: each invite has
 * its own, and the participant that the invite became has the same one [CA8] [CA14].
 */
function mergedInEarlierLife(
  registry: RegistryView,
  { by, body, secret }: Invite,
  now: number,
): MergedInvite | undefined {
  const mine = registry.callOf(by.userId)
  const isWithThem = mine?.phase === 'talking' && mine.caller.userId === body.calleeId
  if (!isWithThem || secret === null || !knowsSecret(mine, by, [secret])) return undefined
  return { callId: body.callId, caller: mine.callee, into: mine.callId, mergedAt: now }
}

const NOTHING = { outcome: 'cancelled', durationMs: 0 }
const OVER = { outcome: 'completed', durationMs: 0 }
const CONFLICT = refuse('request/conflict')

/** The page may have been reloaded before it was answered: the same secret says that it is the same. */
function repeatedLive(live: LiveCall, { by, secret }: Invite): Decision {
  if (isSameLeg(live.caller, by)) return done({}, ringingReply(live))
  if (secret === null || !knowsSecret(live, by, [secret])) return refuse('request/conflict')
  const { moved, effects } = replaceLeg(live, { to: by, secret })
  const told = moved.phase === 'talking' ? [acceptedTo(moved, by)] : []
  return done({ put: [moved], effects: [...effects, ...told] }, ringingReply(moved))
}

function repeatedGlare(
  registry: RegistryView,
  merged: MergedInvite,
  { by, secret }: Invite,
): Decision {
  const into = registry.call(merged.into)
  const isOwn = isSameLeg(merged.caller, by)
  if (into?.phase !== 'talking') {
    return isOwn ? done({}, closedReply(registry.ended(merged.into) ?? OVER)) : CONFLICT
  }
  if (isSameLeg(into.callee, by)) return done({ merged: [merged] }, mergedReply(into))
  const mayMove = merged.caller.userId === by.userId && secret !== null
  if (!mayMove || !knowsSecret(into, by, [secret])) {
    return isOwn ? done({}, closedReply(OVER)) : CONFLICT
  }
  const { moved, effects } = replaceLeg(into, { to: by, secret })
  return done({ put: [moved], effects, merged: [{ ...merged, caller: by }] }, mergedReply(moved))
}

export const ringingReply = (call: LiveCall): object => ({
  status: 'ringing',
  invitedAt: call.invitedAt,
  reach: reachOf(call),
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
