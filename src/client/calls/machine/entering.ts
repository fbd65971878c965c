import type { Step } from './closing.ts'
import { legRef } from './early.ts'
import type { EventOf } from './events.ts'
import type { CallingCall, CallOf } from './state.ts'
import type { LegRef } from './words.ts'

/** The invite leaves at once; microphone and camera open after it, never before. */
export function dial({ callId, peer, kind, at }: EventOf<'local/dialed'>): Step {
  return {
    call: {
      status: 'waiting',
      role: 'caller',
      callId,
      peer,
      kind,
      invitedAt: at,
      reach: 'sent',
      hinted: false,
      legs: [],
    },
    effects: [
      { type: 'send/invite', callId, calleeId: peer.id, kind },
      { type: 'media/open', callId, kind, muted: false },
      { type: 'ring', ring: 'ringback', callId },
      { type: 'timer/start', timer: 'hint', callId },
      { type: 'timer/start', timer: 'ring', callId },
    ],
  }
}

/** It rings here. The connection is made ready; no microphone or camera opens before the click. */
export function come(event: EventOf<'server/coming'>): Step {
  const { callId, peer, kind, invitedAt } = event
  const callerLeg = legRef(event.callerLeg)
  return {
    call: {
      status: 'coming',
      role: 'callee',
      callId,
      peer,
      kind,
      invitedAt,
      callerLeg,
      callerAbsence: null,
    },
    effects: [
      { type: 'peer/open', callId, leg: callerLeg, offers: false },
      { type: 'send/ringing', callId },
      { type: 'ring', ring: 'incoming', callId },
      { type: 'timer/start', timer: 'ring', callId },
    ],
  }
}

interface Answer {
  leg: LegRef
  /** The server's time of the answer, where it has said it. */
  acceptedAt: number | null
  /** Answered by a click here: the server is told, and the media opens here. */
  clicked?: { muted: boolean }
}

/** The call is on: with which leg is known, whether the media path already stands is not. */
export function toCalling(
  call: CallOf<'waiting'> | CallOf<'coming'>,
  { leg, acceptedAt, clicked }: Answer,
): Step {
  const { callId, peer, kind, role } = call
  const peerLeg = legRef(leg)
  const calling: CallingCall = {
    status: 'calling',
    callId,
    peer,
    kind,
    role,
    acceptedAt,
    link: 'connecting',
    peerLeg,
    peerAbsence: call.status === 'coming' ? call.callerAbsence : null,
  }
  return {
    call: calling,
    effects: [
      { type: 'timer/stop-all', callId },
      ...(clicked === undefined ? [] : [{ type: 'send/accept', callId } as const]),
      { type: 'peer/adopt', callId, leg: peerLeg, offers: role === 'caller' },
      ...(clicked === undefined
        ? []
        : [{ type: 'media/open', callId, kind, muted: clicked.muted } as const]),
      { type: 'ring', ring: 'silence', callId },
      { type: 'timer/start', timer: 'connect', callId },
    ],
  }
}

/**
 * Glare [CA8]: the peer called me a moment earlier. That call lives, I have answered it by calling,
 * and mine never was. The media that I opened for mine goes on in it: who
 * asked for a voice call shows no picture, whatever the peer's call is.
 */
export function merge(call: CallOf<'waiting'>, { into }: EventOf<'server/merged'>): Step {
  const { callId, kind, acceptedAt } = into
  const peerLeg = legRef(into.peerLeg)
  return {
    call: {
      status: 'calling',
      role: 'callee',
      callId,
      peer: call.peer,
      kind,
      acceptedAt,
      link: 'connecting',
      peerLeg,
      peerAbsence: null,
    },
    effects: [
      // Mine never rang, so no connection was made for it.
      { type: 'timer/stop-all', callId: call.callId },
      { type: 'media/open', callId, kind: call.kind, muted: false },
      { type: 'peer/adopt', callId, leg: peerLeg, offers: false },
      { type: 'ring', ring: 'silence', callId },
      { type: 'timer/start', timer: 'connect', callId },
    ],
  }
}
