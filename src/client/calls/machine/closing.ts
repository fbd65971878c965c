import type { CallEffect } from './effects.ts'
import type { CallOf, CallState, ClosingCall } from './state.ts'
import type { AppErrorCode, CallOutcome } from './words.ts'

export interface Step {
  readonly call: CallState | null
  readonly effects: readonly CallEffect[]
}

export interface Ending {
  outcome: CallOutcome
  durationMs?: number
  failure?: AppErrorCode
  isUnmet?: boolean
  /** Sent to the server before everything is closed. */
  tell?: CallEffect
}

/** The only way to end a call: stop ringing and timers, close connections, release media, show the end. */
export function closeAs(
  call: Exclude<CallState, CallOf<'closing'>>,
  { outcome, durationMs = 0, failure, isUnmet = false, tell }: Ending,
): Step {
  const { callId, peer, kind, role } = call
  const closing: ClosingCall = {
    callId,
    peer,
    kind,
    role,
    status: 'closing',
    outcome,
    durationMs,
    failure: failure ?? null,
    ...(isUnmet ? { isUnmet } : {}),
  }
  return {
    call: closing,
    effects: [
      { type: 'timer/stop-all', callId },
      ...(tell === undefined ? [] : [tell]),
      { type: 'peer/close-all', callId },
      { type: 'media/release', callId },
      { type: 'ring', ring: outcome === 'taken' ? 'silence' : 'ended', callId },
      { type: 'timer/start', timer: 'linger', callId },
    ],
  }
}

/**
 * Another device answered [CA5]. The peer connection closes silently: a hang-up on it could reach the
 * caller before the server says which device answered.
 */
export function closeAsTaken(call: CallOf<'coming'> | CallOf<'calling'>): Step {
  const { callId } = call
  const { legId } = call.status === 'coming' ? call.callerLeg : call.peerLeg
  const step = closeAs(call, { outcome: 'taken' })
  return { call: step.call, effects: [{ type: 'peer/drop', callId, legId }, ...step.effects] }
}

/** Talking time so far, ms; 0 while the server's time of the answer is unknown. */
export const talkedMs = (call: CallOf<'calling'>, at: number): number =>
  call.acceptedAt === null ? 0 : Math.max(0, at - call.acceptedAt)
