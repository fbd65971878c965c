import { acceptedTo } from './accept.ts'
import { isSameLeg, type LiveCall, type UserLeg } from './call.ts'
import { closeCall } from './close.ts'
import { comingTo } from './coming.ts'
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
    put: [{ ...call, calleeLegs: [...call.calleeLegs, by] }],
    effects: [comingTo(call, by)],
  })
}

/** It could not call, because somebody calls it: now it can ring. */
export function legRefused(registry: RegistryView, { by }: CommandOf<'leg-refused'>): Decision {
  const call = registry.callOf(by.userId)
  if (call?.phase !== 'ringing' || call.calleeId !== by.userId) return done()
  const isTold = call.calleeLegs.some((leg) => isSameLeg(leg, by))
  const calleeLegs = isTold ? call.calleeLegs : [...call.calleeLegs, by]
  return done({ put: [{ ...call, calleeLegs }], effects: [comingTo(call, by)] })
}

function comeBack(call: LiveCall, by: UserLeg): Decision {
  const away = call.away.filter((leg) => !isSameLeg(leg, by))
  // Said again, so that a leg which has left the call meanwhile can say so.
  const again = call.phase === 'talking' ? [acceptedTo(call, by)] : []
  if (away.length === call.away.length) return done({ effects: again })
  return done({ put: [{ ...call, away }], effects: [...again, ...tellPeer(call, by, 'back')] })
}

/** Its socket is lost. The seat is kept for a while; only hang-up or the end of grace ends the call [CA10]. */
export function legLost(
  registry: RegistryView,
  { by, graceMs }: CommandOf<'leg-lost'>,
  now: number,
): Decision {
  const call = registry.callOf(by.userId)
  if (call === undefined || !isInCall(call, by)) return done()
  const until = now + graceMs
  const others = call.away.filter((leg) => !isSameLeg(leg, by))
  const away = [...others, { userId: by.userId, legId: by.legId, until }]
  return done({
    put: [{ ...call, away }],
    effects: [
      ...tellPeer(call, by, 'away'),
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

/** Only the two who talk, and a callee whose caller is away, are told of each other's sockets. */
export function tellPeer(call: LiveCall, by: UserLeg, presence: 'away' | 'back'): RegistryEffect[] {
  if (call.phase === 'ringing') return []
  const to = isSameLeg(call.caller, by) ? call.callee : call.caller
  return [
    { type: 'push', to, push: { type: 'call.peer', body: { callId: call.callId, presence } } },
  ]
}
