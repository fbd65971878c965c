import type { Step } from './closing.ts'
import { legRef } from './early.ts'
import type { CallOf, CallState } from './state.ts'
import type { LegRef } from './words.ts'

/*
 * A server that was killed before it wrote a call down does not know the call. The caller repeats the
 * invite [CA2], and the callee's answer still counts [CA14]. A call that is over can't come back like
 * this: the journal knows how it ended, and `endedCalls` what this tab ended.
 */

/**
 * It rings here. The call disappears without an end on screen; when the caller repeats the invite, it
 * rings again.
 */
export function forget({ callId, callerLeg }: CallOf<'coming'>): Step {
  return {
    call: null,
    effects: [
      { type: 'timer/stop-all', callId },
      { type: 'peer/drop', callId, legId: callerLeg.legId },
      { type: 'ring', ring: 'silence', callId },
    ],
  }
}

/**
 * The answer was refused: the call is over, or the server does not know it. A hang-up would be wrong
 * in both cases; after a repeated invite it would decline the call.
 */
export const askHowItStands = (call: CallOf<'calling'>): Step => ({
  call,
  effects: [{ type: 'send/resume', callId: call.callId, answered: true }],
})

/**
 * Dialled or answered, and the server does not know the call: the caller repeats the invite, the callee
 * waits for it. If none comes, the path between the two is gone too, and its time runs out.
 */
export function inviteAgain(call: CallOf<'waiting'> | CallOf<'calling'>): Step {
  const { callId, peer, kind, role } = call
  const invite = { type: 'send/invite', callId, calleeId: peer.id, kind } as const
  return { call, effects: role === 'caller' ? [invite] : [] }
}

/** The caller has repeated the invite of a call that was answered here: the answer is repeated too. */
export function answerAgain(call: CallOf<'calling'>, callerLeg: LegRef): Step {
  const { callId } = call
  const peerLeg = legRef(callerLeg)
  return {
    call: { ...call, peerLeg },
    effects: [
      { type: 'send/accept', callId },
      { type: 'peer/adopt', callId, leg: peerLeg, offers: false },
    ],
  }
}

/** Whether a repeated invite of this call is more than a late frame: the server had lost the call. */
export function canComeAgain(call: CallState): boolean {
  switch (call.status) {
    case 'waiting':
      return false
    // The caller's page may also have been reloaded.
    case 'coming':
      return true
    case 'calling':
      return call.role === 'callee'
    case 'closing':
      return call.role === 'callee' && call.outcome === 'failed'
  }
}
