import { closeAs, closeAsTaken, talkedMs, type Step } from './closing.ts'
import { legRef } from './early.ts'
import { answerAgain, askHowItStands, inviteAgain } from './lost.ts'
import { changeLink, closeAsTold, giveUp } from './path.ts'
import { resumeWith, turnTo } from './restoring.ts'
import { stay, type Handlers } from './handlers.ts'
import type { CallOf } from './state.ts'

const hangUp = (call: CallOf<'calling'>, at: number): Step =>
  closeAs(call, {
    outcome: 'completed',
    durationMs: talkedMs(call, at),
    tell: { type: 'send/hangup', callId: call.callId, outcome: 'completed' },
  })

/** The call is answered; whether the media path stands is its link. */
export const calling: Handlers<'calling'> = {
  'local/dialed': 'ignored',
  'local/restored': 'ignored',
  'local/accepted': 'ignored',
  'local/rejected': 'ignored',
  'local/cancelled': 'ignored',
  'local/hung-up': (call, { at }) => hangUp(call, at),
  'server/reached': (call) =>
    stay(call, {
      type: 'send/resume',
      callId: call.callId,
      answered: call.role === 'callee',
    }),
  'server/resumed': resumeWith,
  'server/unknown': inviteAgain,
  'server/invited': 'ignored',
  'server/merged': 'ignored',
  'server/refused': (call, { failure }) =>
    failure === 'call/ended' && call.role === 'callee'
      ? askHowItStands(call)
      : closeAs(call, {
          outcome: 'failed',
          failure,
          tell: { type: 'send/hangup', callId: call.callId, outcome: 'failed' },
        }),
  'server/coming': (call, { callerLeg }) => answerAgain(call, callerLeg),
  'server/ringing': 'ignored',
  'server/left': 'ignored',
  'server/accepted': (call, event) => {
    const { acceptedAt, peerLeg } = event
    const next = { ...call, acceptedAt, peerLeg: legRef(peerLeg) }
    // A reloaded page has no peer connection yet, and may receive this before the reply to its resume.
    if (peerLeg.legId === call.peerLeg.legId) {
      return call.link === 'reconnecting' ? resumeWith(call, event) : stay(next)
    }
    if (call.acceptedAt !== null) return turnTo(call, event)
    // Two legs answered at once and the server chose the other one [CA5].
    const { callId, role } = call
    return stay(
      { ...next, link: 'connecting' },
      { type: 'timer/stop-all', callId },
      { type: 'peer/adopt', callId, leg: next.peerLeg, offers: role === 'caller' },
      { type: 'timer/start', timer: 'connect', callId },
    )
  },
  // Answered here a moment after another device did [CA5].
  'server/taken': closeAsTaken,
  'server/peer': (call, { presence }) =>
    stay({ ...call, peerAbsence: presence === 'back' ? null : presence }),
  'server/closed': closeAsTold,
  'peer/signaled': (call, { from, signal }) =>
    from.legId === call.peerLeg.legId
      ? stay(call, { type: 'peer/signal', callId: call.callId, leg: from, signal })
      : stay(call),
  'peer/accepted': 'ignored',
  // Both tell the server, in case one of them cannot reach it.
  'peer/hung-up': (call, { leg, at }) =>
    leg.legId === call.peerLeg.legId ? hangUp(call, at) : stay(call),
  'link/changed': changeLink,
  'timer/hinted': 'ignored',
  'timer/ring-ended': 'ignored',
  'timer/connect-ended': (call, { at }) =>
    call.link === 'connecting' ? giveUp(call, at) : stay(call),
  'timer/lost-ended': (call, { at }) => (call.link === 'connected' ? stay(call) : giveUp(call, at)),
  'timer/lingered': 'ignored',
}
