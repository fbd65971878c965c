import { CONNECT_TIMEOUT_MS } from '#shared/limits.ts'
import { talkedMs, closeAs, type Step } from './closing.ts'
import { legRef } from './early.ts'
import type { EventOf } from './events.ts'
import type { CallOf } from './state.ts'
import type { LegRef } from './words.ts'

/** What else may fail in a call fails at its beginning: after this time it was the path. */
const SOUGHT_MS = CONNECT_TIMEOUT_MS / 2

/**
 * The page was reloaded in a call [CA12]. What the page before it knew is on screen at once; the
 * server says how the call stands, and with whom to connect.
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

/** The server says how the call stands: the connection to that leg is the one, made where there is none. */
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

/** The peer's page was reloaded: it is another leg now, and the way to it is to be found anew. */
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

/** The caller's page was reloaded while it rings here: the connection is made to the new one. */
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

/** The path stood and is gone: it is sought for a minute, and the screen says so. */
export function changeLink(
  call: CallOf<'calling'>,
  { legId, link }: EventOf<'link/changed'>,
): Step {
  if (legId !== call.peerLeg.legId) return { call, effects: [] }
  const { callId } = call
  if (link === 'connected') {
    const stop = { type: 'timer/stop', timer: 'lost', callId } as const
    return { call: { ...call, link }, effects: call.link === 'reconnecting' ? [stop] : [] }
  }
  // One that never stood is still sought until its own time is over.
  if (call.link === 'connecting') return { call, effects: [] }
  const start = { type: 'timer/start', timer: 'lost', callId } as const
  return {
    call: { ...call, link: 'reconnecting' },
    effects: call.link === 'connected' ? [start] : [],
  }
}

/**
 * The server says that it is over. Both sides give up at about the same time when there is no path
 * between them, and whoever is told so by the other one reads the same reason.
 */
export function closeAsTold(call: CallOf<'calling'>, event: EventOf<'server/closed'>): Step {
  const { outcome } = event
  const { durationMs } = event
  const wasSought =
    call.link !== 'connected' && call.peerAbsence === null && durationMs >= SOUGHT_MS
  if (outcome !== 'failed' || !wasSought) {
    const isUnmet = outcome === 'failed' && call.link === 'connecting'
    return closeAs(call, { outcome, durationMs, isUnmet })
  }
  return closeAs(call, { outcome, durationMs, failure: 'negotiation/no-path' })
}

/** There is no path to the peer, and there was time enough to find one. */
export const giveUp = (call: CallOf<'calling'>, at: number): Step =>
  closeAs(call, {
    outcome: 'failed',
    durationMs: talkedMs(call, at),
    failure: 'negotiation/no-path',
    tell: { type: 'send/hangup', callId: call.callId, outcome: 'failed' },
  })
