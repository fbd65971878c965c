import { isSameLeg, type LiveCall, type UserLeg } from './call.ts'
import { closeCall } from './close.ts'
import type { CommandOf } from './commands.ts'
import { andThen, done, refuse, type Decision, type RegistryView } from './decision.ts'

/**
 * Cancel and hang up. They may cross an accept on the way: a cancel that comes after it ends the
 * talk, a hang-up that comes before it declines.
 */
export function leave(
  registry: RegistryView,
  { by, callId, outcome }: CommandOf<'leave'>,
  now: number,
): Decision {
  const call = registry.call(callId) ?? mergedCall(registry, by, callId)
  if (call === undefined || !isInCall(call, by)) {
    // An invite is looked up before it rings, and a frame may be lost: this may be its cancel.
    const isOver = registry.ended(callId) !== undefined
    const withdrawn = isOver ? [] : [{ callId, userId: by.userId, withdrawnAt: now }]
    return { ...refuse('call/ended'), withdrawn }
  }
  if (call.phase === 'talking') return closeCall(call, outcome, now)
  return closeCall(call, isSameLeg(call.caller, by) ? 'cancelled' : 'rejected', now)
}

/** Glare: who cancels the invite that was merged leaves the call that lives [CA8]. */
function mergedCall(registry: RegistryView, by: UserLeg, callId: string): LiveCall | undefined {
  const merged = registry.merged(callId)
  if (merged === undefined || !isSameLeg(merged.caller, by)) return undefined
  return registry.call(merged.into)
}

/** A reject from one device ends the call for all of them [CA6]. */
export function reject(
  registry: RegistryView,
  { by, callId, text }: CommandOf<'reject'>,
  now: number,
): Decision {
  const call = registry.call(callId)
  if (call?.calleeId !== by.userId) return refuse('call/ended')
  if (call.phase === 'talking') return refuse('call/taken')
  if (!isInCall(call, by)) return refuse('call/ended')
  const closed = closeCall(call, 'rejected', now)
  if (text === null) return closed
  const to = call.caller.userId
  return andThen(
    closed,
    done({ effects: [{ type: 'chat/reject-text', callId, from: by.userId, to, text }] }),
  )
}

/** Who blocks somebody leaves their call, whatever device it is on. */
export function part(
  registry: RegistryView,
  { by, from }: CommandOf<'part'>,
  now: number,
): Decision {
  const call = registry.callOf(by)
  if (call === undefined || registry.callOf(from) !== call) return done()
  if (call.phase === 'talking') return closeCall(call, 'completed', now)
  return closeCall(call, call.caller.userId === by ? 'cancelled' : 'rejected', now)
}

/** Whether this leg has a part in the call: while it rings, each told leg of the callee has. */
export const isInCall = (call: LiveCall, leg: UserLeg): boolean =>
  isSameLeg(call.caller, leg) || call.calleeLegs.some((one) => isSameLeg(one, leg))
