import type { CallOf, CallStatus } from '#client/calls/machine/state.ts'
import { aCallId, bob, legRef } from './people.ts'
import { NOON } from './desk.ts'

const base = { callId: aCallId(), peer: bob.view, kind: 'video' } as const

const STATES: { readonly [S in CallStatus]: CallOf<S> } = {
  waiting: {
    ...base,
    status: 'waiting',
    role: 'caller',
    invitedAt: NOON,
    reach: 'sent',
    hinted: false,
    legs: [],
  },
  coming: {
    ...base,
    status: 'coming',
    role: 'callee',
    invitedAt: NOON,
    callerLeg: legRef(bob.leg()),
    callerAbsence: null,
  },
  calling: {
    ...base,
    status: 'calling',
    role: 'caller',
    acceptedAt: NOON,
    link: 'connecting',
    peerLeg: legRef(bob.leg()),
    peerAbsence: null,
  },
  closing: {
    ...base,
    status: 'closing',
    role: 'caller',
    outcome: 'completed',
    durationMs: 60_000,
    failure: null,
  },
}

/** A call with Bob in this status. */
export function aCall<S extends CallStatus>(parts: { status: S } & Partial<CallOf<S>>): CallOf<S> {
  return { ...STATES[parts.status], ...parts }
}
