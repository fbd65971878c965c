import { LEGS_PER_USER } from '#shared/limits.ts'
import type { PeerPresence } from '#shared/protocol/calls.ts'
import { acceptedTo } from './accept.ts'
import {
  isAway,
  isSameLeg,
  legRefOf,
  type LiveCall,
  type RingingCall,
  type UserLeg,
} from './call.ts'
import { closeCall } from './close.ts'
import { comingTo, reachOf } from './coming.ts'
import type { CommandOf } from './commands.ts'
import { done, type Decision, type RegistryEffect, type RegistryView } from './decision.ts'
import { isInCall } from './leave.ts'

/** A tab said hello: it is back in its call, or it learns that somebody rings [CA3]. */
export function legAttached(registry: RegistryView, { by }: CommandOf<'leg-attached'>): Decision {
  const call = registry.callOf(by.userId)
  if (call === undefined) return done()
  if (isInCall(call, by)) return comeBack(call, by)
  if (call.phase === 'talking' || call.calleeId !== by.userId) return done()
  return done({
    put: [withLeg(call, by)],
    effects: comingTo(call, by),
  })
}

/** It could not call, because somebody calls it: now it can ring. */
export function legRefused(registry: RegistryView, { by }: CommandOf<'leg-refused'>): Decision {
  const call = registry.callOf(by.userId)
  if (call?.phase !== 'ringing' || call.calleeId !== by.userId) return done()
  const isTold = call.calleeLegs.some((leg) => isSameLeg(leg, by))
  return done({ put: [isTold ? call : withLeg(call, by)], effects: comingTo(call, by) })
}

/** Tabs may come and go without end while it rings: of too many, one that has gone is left out. */
function withLeg(call: RingingCall, by: UserLeg): RingingCall {
  const told = [...call.calleeLegs, by]
  const gone = call.away.find(({ userId }) => userId === by.userId)
  if (told.length <= LEGS_PER_USER || gone === undefined) return { ...call, calleeLegs: told }
  return {
    ...call,
    calleeLegs: told.filter((leg) => !isSameLeg(leg, gone)),
    away: call.away.filter((leg) => leg !== gone),
  }
}

function comeBack(call: LiveCall, by: UserLeg): Decision {
  const away = call.away.filter((leg) => !isSameLeg(leg, by))
  // Said again, so that a leg which has left the call meanwhile can say so.
  const again = call.phase === 'talking' ? [acceptedTo(call, by)] : []
  if (away.length === call.away.length) return done({ effects: again })
  return done({ put: [{ ...call, away }], effects: [...again, ...tellPeer(call, by, 'back')] })
}

/** Its connection is lost. Its place is kept for a while; only hang-up or the end of grace ends the call [CA10]. */
export function legLost(
  registry: RegistryView,
  { by, absence, graceMs }: CommandOf<'leg-lost'>,
  now: number,
): Decision {
  const call = registry.callOf(by.userId)
  if (call === undefined || !isInCall(call, by)) return done()
  const until = now + graceMs
  const others = call.away.filter((leg) => !isSameLeg(leg, by))
  const { userId, legId } = by
  const sinceRinging = call.phase === 'ringing'
  const left = { ...call, away: [...others, { userId, legId, until, sinceRinging }] }
  return done({
    put: [left],
    effects: [
      ...tellPeer(left, by, absence),
      ...(isAway(call, by) ? [] : tellCaller(left, by)),
      { type: 'arm', timer: 'grace', callId: call.callId, at: until },
    ],
  })
}

/** Whose grace is over leaves the call: a ringing leg of the callee alone, anybody else ends it. */
export function graceEnded(
  registry: RegistryView,
  { callId }: CommandOf<'grace-ended'>,
  now: number,
): Decision {
  const call = registry.call(callId)
  if (call === undefined) return done()
  const gone = call.away.filter(({ until }) => until <= now)
  if (gone.length === 0) return done()
  if (call.phase === 'talking') return closeCall(call, 'failed', now)
  if (gone.some((leg) => isSameLeg(leg, call.caller))) return closeCall(call, 'cancelled', now)
  const isGone = (leg: { userId: string; legId: string }): boolean =>
    gone.some((one) => isSameLeg(one, leg))
  return done({
    put: [
      {
        ...call,
        calleeLegs: call.calleeLegs.filter((leg) => !isGone(leg)),
        away: call.away.filter((leg) => !isGone(leg)),
      },
    ],
  })
}

/** The two who talk are told of each other's sockets, and who rings of the caller's. */
function tellPeer(call: LiveCall, by: UserLeg, presence: PeerPresence): RegistryEffect[] {
  const body = { callId: call.callId, presence }
  return peersOf(call, by).map((to) => ({ type: 'push', to, push: { type: 'call.peer', body } }))
}

function peersOf(call: LiveCall, by: UserLeg): readonly UserLeg[] {
  if (isSameLeg(call.caller, by)) return call.calleeLegs
  return call.phase === 'talking' ? [call.caller] : []
}

/** One leg fewer rings: the caller must not wait for it. When it is back it says again that it rings. */
function tellCaller(call: LiveCall, by: UserLeg): RegistryEffect[] {
  if (call.phase !== 'ringing' || isSameLeg(call.caller, by)) return []
  const body = { callId: call.callId, from: legRefOf(by), reach: reachOf(call) }
  return [{ type: 'push', to: call.caller, push: { type: 'call.left', body } }]
}
