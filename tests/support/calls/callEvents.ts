import type { CallEventType, EventOf } from '#client/calls/machine/events.ts'
import { NOON } from './desk.ts'
import { aCallId, bob, legRef } from './people.ts'

const callId = aCallId()
const leg = legRef(bob.leg())
const at = NOON + 5_000

/** One event of every type, all about the same call with Bob. */
export const EVENTS: { readonly [T in CallEventType]: EventOf<T> } = {
  'local/dialed': { type: 'local/dialed', callId, peer: bob.view, kind: 'video', at },
  'local/restored': {
    type: 'local/restored',
    callId,
    restored: {
      peer: bob.view,
      kind: 'video',
      role: 'caller',
      invitedAt: NOON,
      talk: { peerLeg: leg, acceptedAt: NOON },
      microphone: true,
      camera: true,
    },
    at,
  },
  'local/accepted': { type: 'local/accepted', callId, muted: false },
  'local/rejected': { type: 'local/rejected', callId, text: null },
  'local/cancelled': { type: 'local/cancelled', callId },
  'local/hung-up': { type: 'local/hung-up', callId, at },
  'server/reached': { type: 'server/reached', callId },
  'server/resumed': { type: 'server/resumed', callId, acceptedAt: at, peerLeg: leg },
  'server/unknown': { type: 'server/unknown', callId },
  'server/invited': { type: 'server/invited', callId, invitedAt: NOON, reach: 'sent' },
  'server/merged': {
    type: 'server/merged',
    callId,
    into: { callId: aCallId(2), kind: 'video', acceptedAt: NOON, peerLeg: leg },
  },
  'server/refused': { type: 'server/refused', callId, failure: 'request/forbidden' },
  'server/coming': {
    type: 'server/coming',
    callId,
    peer: bob.view,
    kind: 'video',
    invitedAt: NOON,
    callerLeg: leg,
  },
  'server/ringing': { type: 'server/ringing', callId, leg, visible: true, early: true },
  'server/left': { type: 'server/left', callId, leg, reach: 'offline' },
  'server/accepted': { type: 'server/accepted', callId, acceptedAt: at, peerLeg: leg },
  'server/taken': { type: 'server/taken', callId },
  'server/peer': { type: 'server/peer', callId, presence: 'away' },
  'server/closed': { type: 'server/closed', callId, outcome: 'completed', durationMs: 4_000 },
  'peer/signaled': {
    type: 'peer/signaled',
    callId,
    from: leg,
    signal: { type: 'offer', generation: 1, sdp: 'v=0\r\n' },
  },
  'peer/accepted': { type: 'peer/accepted', callId, leg },
  'peer/hung-up': { type: 'peer/hung-up', callId, leg, at },
  'link/changed': { type: 'link/changed', callId, legId: leg.legId, link: 'connected' },
  'timer/hinted': { type: 'timer/hinted', callId },
  'timer/ring-ended': { type: 'timer/ring-ended', callId },
  'timer/connect-ended': { type: 'timer/connect-ended', callId, at },
  'timer/lost-ended': { type: 'timer/lost-ended', callId, at },
  'timer/lingered': { type: 'timer/lingered', callId },
}

export const EVENT_TYPES = Object.keys(EVENTS) as CallEventType[]

/** An event about the call of `aCall`, with some of its fields changed. */
export const anEvent = <T extends CallEventType>(
  type: T,
  parts: Partial<EventOf<T>> = {},
): EventOf<T> => ({ ...EVENTS[type], ...parts })
