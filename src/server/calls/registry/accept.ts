import {
  isSameLeg,
  legRefOf,
  type LiveCall,
  type RingingCall,
  type TalkingCall,
  type UserLeg,
} from './call.ts'
import type { CommandOf } from './commands.ts'
import { done, refuse, type Decision, type RegistryEffect, type RegistryView } from './decision.ts'

/** What a leg reads when its call is on. */
export const acceptedBody = (
  call: TalkingCall,
  peer: UserLeg,
): { callId: string; acceptedAt: number; peerLeg: { legId: string; deviceId: string } } => ({
  callId: call.callId,
  acceptedAt: call.acceptedAt,
  peerLeg: legRefOf(peer),
})

/** That the call is on, to one of the two who talk. */
export function acceptedTo(call: TalkingCall, to: UserLeg): RegistryEffect {
  const peer = isSameLeg(call.caller, to) ? call.callee : call.caller
  return { type: 'push', to, push: { type: 'call.accepted', body: acceptedBody(call, peer) } }
}

/** The first accept wins; the callee's other legs stop ringing [CA5]. */
export function acceptBy(
  call: RingingCall,
  { callee, secret }: { callee: UserLeg; secret: string | null },
  now: number,
): Decision {
  const talking: TalkingCall = {
    ...call,
    phase: 'talking',
    acceptedAt: now,
    callee,
    calleeSecret: secret,
    calleeLegs: [callee],
    away: call.away.filter(({ userId }) => userId !== callee.userId),
  }
  const others = call.calleeLegs.filter((leg) => !isSameLeg(leg, callee))
  const taken = others.map((to): RegistryEffect => ({
    type: 'push',
    to,
    push: { type: 'call.taken', body: { callId: call.callId } },
  }))
  return done(
    {
      put: [talking],
      effects: [
        acceptedTo(talking, talking.caller),
        ...taken,
        { type: 'journal/accepted', call: talking },
      ],
    },
    acceptedBody(talking, call.caller),
  )
}

export function accept(
  registry: RegistryView,
  { by, callId, secret }: CommandOf<'accept'>,
  now: number,
): Decision {
  const call = registry.call(callId)
  if (call?.calleeId !== by.userId) return refuse('call/ended')
  if (call.phase === 'talking') return repeatedAccept(call, by)
  if (!call.calleeLegs.some((leg) => isSameLeg(leg, by))) return refuse('call/ended')
  return acceptBy(call, { callee: by, secret }, now)
}

function repeatedAccept(call: TalkingCall, by: UserLeg): Decision {
  return isSameLeg(call.callee, by)
    ? done({}, acceptedBody(call, call.caller))
    : refuse('call/taken')
}

/** Glare [CA8]: who calls its caller answers. The reply names the call that lives. */
export function mergedReply(call: TalkingCall): object {
  const { kind } = call
  return { status: 'merged', into: { ...acceptedBody(call, call.caller), kind } }
}

export const isRinging = (call: LiveCall | undefined): call is RingingCall =>
  call?.phase === 'ringing'
