import type { Step } from './closing.ts'
import { legRef } from './early.ts'
import type { EventOf } from './events.ts'
import type { CallOf } from './state.ts'
import type { LegRef } from './words.ts'

/**
 * The page was reloaded during a call [CA12]. It shows at once what the page before it knew; the server
 * then says how the call stands, and which leg to connect to.
 */
export function restore({ callId, restored }: EventOf<'local/restored'>): Step {
  const { peer, kind, role, invitedAt, talk, microphone, camera } = restored
  const media = {
    type: 'media/open',
    callId,
    kind: camera ? 'video' : 'audio',
    muted: !microphone,
  } as const
  const resume = { type: 'send/resume', callId, answered: role === 'callee' } as const
  if (talk === null) {
    return {
      call: {
        status: 'waiting',
        role: 'caller',
        callId,
        peer,
        kind,
        invitedAt,
        reach: 'sent',
        hinted: false,
        legs: [],
      },
      effects: [
        resume,
        media,
        { type: 'ring', ring: 'ringback', callId },
        { type: 'timer/start', timer: 'ring', callId },
      ],
    }
  }
  return {
    call: {
      status: 'calling',
      callId,
      peer,
      kind,
      role,
      acceptedAt: talk.acceptedAt,
      link: 'reconnecting',
      peerLeg: legRef(talk.peerLeg),
      peerAbsence: null,
    },
    effects: [resume, media, { type: 'timer/start', timer: 'lost', callId }],
  }
}

/** The server says how the call stands: use the peer connection to that leg, or make one. */
export function resumeWith(
  call: CallOf<'calling'>,
  { acceptedAt, peerLeg }: EventOf<'server/resumed' | 'server/accepted'>,
): Step {
  const { callId, role } = call
  const next = { ...call, acceptedAt, peerLeg: legRef(peerLeg) }
  return {
    call: next,
    effects: [{ type: 'peer/adopt', callId, leg: next.peerLeg, offers: role === 'caller' }],
  }
}

/** The peer's page was reloaded: it is another leg now, and needs a new peer connection. */
export function turnTo(
  call: CallOf<'calling'>,
  { acceptedAt, peerLeg }: EventOf<'server/accepted'>,
): Step {
  const { callId, role } = call
  const next = {
    ...call,
    acceptedAt,
    peerLeg: legRef(peerLeg),
    peerAbsence: null,
    link: 'reconnecting',
  } as const
  return {
    call: next,
    effects: [
      { type: 'timer/stop-all', callId },
      { type: 'peer/adopt', callId, leg: next.peerLeg, offers: role === 'caller' },
      { type: 'timer/start', timer: 'lost', callId },
    ],
  }
}

/** The caller's page was reloaded while it rings here: connect to its new leg. */
export function comeFrom(call: CallOf<'coming'>, callerLeg: LegRef): Step {
  const { callId } = call
  if (callerLeg.legId === call.callerLeg.legId) return { call, effects: [] }
  const next = { ...call, callerLeg: legRef(callerLeg), callerAbsence: null }
  return {
    call: next,
    effects: [
      { type: 'peer/drop', callId, legId: call.callerLeg.legId },
      { type: 'peer/open', callId, leg: next.callerLeg, offers: false },
      { type: 'send/ringing', callId },
    ],
  }
}
