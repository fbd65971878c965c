import { INVITES_PER_MINUTE } from '#shared/limits.ts'
import type { EndedCall, LiveCall, MergedInvite, WithdrawnInvite } from './call.ts'
import type { Decision, RegistryView } from './decision.ts'

/** How long an ended call is remembered for repeated requests. */
const MEMORY_MS = 5 * 60_000

export interface Registry extends RegistryView {
  /** Take over what a decision changed. */
  apply(decision: Decision): void
  /** Forget what ended long ago. */
  forget(now: number): void
  readonly size: number
}

/** The calls of this server, by id and by user. */
export function createRegistry(): Registry {
  const calls = new Map<string, LiveCall>()
  const callIdOf = new Map<string, string>()
  const ended = new Map<string, EndedCall>()
  const merged = new Map<string, MergedInvite>()
  const withdrawn = new Map<string, readonly WithdrawnInvite[]>()

  function put(call: LiveCall): void {
    calls.set(call.callId, call)
    callIdOf.set(call.caller.userId, call.callId)
    callIdOf.set(call.calleeId, call.callId)
  }

  function remove(end: EndedCall): void {
    const call = calls.get(end.callId)
    ended.set(end.callId, end)
    if (call === undefined) return
    calls.delete(call.callId)
    for (const userId of [call.caller.userId, call.calleeId]) {
      if (callIdOf.get(userId) === call.callId) callIdOf.delete(userId)
    }
  }

  /** More than a user may invite in a minute can't be under way. */
  function withdraw(invite: WithdrawnInvite): void {
    const own = withdrawn.get(invite.userId) ?? []
    withdrawn.set(invite.userId, [...own, invite].slice(-INVITES_PER_MINUTE))
  }

  function forgetWithdrawn(before: number): void {
    for (const [userId, own] of withdrawn) {
      const kept = own.filter(({ withdrawnAt }) => withdrawnAt >= before)
      if (kept.length === 0) withdrawn.delete(userId)
      else withdrawn.set(userId, kept)
    }
  }

  return {
    call: (callId) => calls.get(callId),
    callOf: (userId) => calls.get(callIdOf.get(userId) ?? ''),
    ended: (callId) => ended.get(callId),
    merged: (callId) => merged.get(callId),
    isWithdrawn: (userId, callId) =>
      withdrawn.get(userId)?.some((invite) => invite.callId === callId) === true,
    apply(decision) {
      // Ends come first: a call that replaces another one of the same users must keep its place.
      decision.ended.forEach(remove)
      decision.put.forEach(put)
      for (const invite of decision.merged) merged.set(invite.callId, invite)
      decision.withdrawn.forEach(withdraw)
    },
    forget(now) {
      const before = now - MEMORY_MS
      for (const [callId, { endedAt }] of ended) if (endedAt < before) ended.delete(callId)
      for (const [callId, { mergedAt }] of merged) if (mergedAt < before) merged.delete(callId)
      forgetWithdrawn(before)
    },
    get size() {
      return calls.size
    },
  }
}
