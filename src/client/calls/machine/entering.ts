import type { Step } from './closing.ts'
import { legRef } from './early.ts'
import type { EventOf } from './events.ts'
import type { CallingCall, CallOf } from './state.ts'
import type { LegRef } from './words.ts'

/** The invite is sent at once; microphone and camera open after it, never before. */
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

/** It rings here. A peer connection is prepared; no microphone or camera opens before the click. */
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
  /** The server's time of the answer; null if the server has not told it yet. */
  acceptedAt: number | null
  /** Answered by a click here: tell the server, and open the media. */
  clicked?: { muted: boolean }
}

/** The call is answered by a known leg; the media path may not be up yet. */
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
 * Glare [CA8]: the peer called me a moment earlier. Their call goes on, since calling back answers it, and
 * mine never existed. It uses the media that I opened for mine: a user who dialled a voice call shows no
 * video, whatever kind the peer dialled.
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
      // Mine never rang, so it has no peer connection.
      { type: 'timer/stop-all', callId: call.callId },
      { type: 'media/open', callId, kind: call.kind, muted: false },
      { type: 'peer/adopt', callId, leg: peerLeg, offers: false },
      { type: 'ring', ring: 'silence', callId },
      { type: 'timer/start', timer: 'connect', callId },
    ],
  }
}
