import { uuidv4, uuidv7 } from 'uuidv7'
import type { Member, Port } from '../server/port.ts'
import type { RawSocket } from '../socket/rawSocket.ts'
import { writeSdp } from '../peer/fakeSdp.ts'

/** An offer that passes every check. */
export const SDP = writeSdp(
  { ufrag: 'test', sections: [{ kind: 'audio', mid: '0', direction: 'sendrecv' }] },
  1,
)
export const CANDIDATE = {
  candidate: 'candidate:1 1 udp 2113937151 192.0.2.1 50000 typ host',
  sdpMid: '0',
  sdpMLineIndex: 0,
}

/** Two who know each other, and a call between them, by bare frames. */
export interface RawCall {
  readonly callId: string
  readonly caller: Member
  readonly callee: Member
}

export async function ring(port: Port, kind: 'audio' | 'video' = 'audio'): Promise<RawCall> {
  const [caller, callee] = [await port.person(1), await port.person(2)]
  const callId = uuidv7()
  await caller.tab.ask('call.invite', { callId, calleeId: callee.id, kind })
  await callee.tab.pushed('call.coming')
  return { callId, caller, callee }
}

export async function talk(port: Port): Promise<RawCall> {
  const call = await ring(port)
  await call.callee.tab.ask('call.accept', { callId: call.callId })
  await call.caller.tab.pushed('call.accepted')
  return call
}

/** Every frame that is about a call, as one of its legs would write it to the leg `toLeg`. */
export const framesAbout = (
  callId: string,
  toLeg: string,
): readonly (readonly [string, object])[] => [
  ['call.ringing', { callId, audible: true, visible: true, early: true }],
  ['call.offer', { callId, toLeg, generation: 1, sdp: SDP }],
  ['call.answer', { callId, toLeg, generation: 1, sdp: SDP }],
  ['call.candidate', { callId, toLeg, generation: 1, candidate: CANDIDATE }],
  ['call.accept', { callId }],
  ['call.resume', { callId, secrets: [uuidv4()], next: uuidv4(), answered: true }],
  ['call.reject', { callId, text: 'no' }],
  ['call.cancel', { callId }],
  ['call.hangup', { callId }],
]

/** The types of the call frames that a tab was pushed, in order. */
export const callFramesOf = ({ pushes }: RawSocket): string[] =>
  pushes.flatMap(({ type }) => (type?.startsWith('call.') === true ? [type] : []))
