import type { UserLeg } from '#server/calls/registry/call.ts'
import type { CommandOf, SignalRequest } from '#server/calls/registry/commands.ts'
import { aCallId, alice, bob } from './people.ts'

/** The smallest description that is one. */
export const SDP = 'v=0\r\no=- 1 1 IN IP4 0.0.0.0\r\ns=-\r\nt=0 0\r\n'

export const CANDIDATE = {
  candidate: 'candidate:1 1 udp 2122260223 192.0.2.1 54321 typ host generation 0',
  sdpMid: '0',
  sdpMLineIndex: 0,
  usernameFragment: 'abcd',
}

interface Parts {
  callId?: string
  to?: UserLeg
  generation?: number
  standby?: true
  relayOnly?: true
}

const addressOf = ({ callId = aCallId(), to = bob.leg(), generation = 1, ...path }: Parts) => ({
  callId,
  generation,
  ...path,
  toLeg: to.legId,
})

export const anOffer = (parts: Parts = {}): SignalRequest => ({
  signal: 'call.offer',
  body: { ...addressOf(parts), sdp: SDP },
})

export const anAnswer = (parts: Parts = {}): SignalRequest => ({
  signal: 'call.answer',
  body: { ...addressOf(parts), sdp: SDP },
})

export const aCandidate = (parts: Parts = {}): SignalRequest => ({
  signal: 'call.candidate',
  body: { ...addressOf(parts), candidate: CANDIDATE },
})

/** Alice's first tab sends it, unless said otherwise. */
export const signalCommand = (
  request: SignalRequest,
  by: UserLeg = alice.leg(),
): CommandOf<'signal'> => ({ type: 'signal', by, ...request })
