import { closeAs, closeAsTaken, talkedMs, type Step } from './closing.ts'
import { legRef, withoutLeg, withRingingLeg } from './early.ts'
import type { CallEventType, EventOf } from './events.ts'
import type { CallOf, CallStatus } from './state.ts'
import { dial, come, merge, toCalling } from './entering.ts'
import { answerAgain, askHowItStands, awaitInvite, forget } from './lost.ts'
import {
  changeLink,
  closeAsTold,
  comeFrom,
  giveUp,
  restore,
  resumeWith,
  turnTo,
} from './restoring.ts'

type Handler<S extends CallStatus, E extends CallEventType> = (
  call: CallOf<S>,
  event: EventOf<E>,
) => Step
/** Each status × event: what happens, or the word that nothing does. */
export type Table = {
  readonly [S in CallStatus]: { readonly [E in CallEventType]: Handler<S, E> | 'ignored' }
}
/** What leads out of "no call"; everything else there is late and means nothing. */
export const beginnings = {
  'local/dialed': dial,
  'local/restored': restore,
  'server/coming': come,
} as const

const stay = (call: Step['call'], ...effects: Step['effects']): Step => ({ call, effects })

const hangUp = (call: CallOf<'calling'>, at: number): Step =>
  closeAs(call, {
    outcome: 'completed',
    durationMs: talkedMs(call, at),
    tell: { type: 'send/hangup', callId: call.callId, outcome: 'completed' },
  })

export const table: Table = {
  waiting: {
    'local/dialed': 'ignored',
    'local/restored': 'ignored',
    'local/accepted': 'ignored',
    'local/rejected': 'ignored',
    'local/cancelled': (call) =>
      closeAs(call, { outcome: 'cancelled', tell: { type: 'send/cancel', callId: call.callId } }),
    'local/hung-up': 'ignored',
    'server/reached': (call) =>
      stay(call, { type: 'send/resume', callId: call.callId, answered: false }),
    'server/resumed': (call, { acceptedAt, peerLeg }) =>
      toCalling(call, { leg: peerLeg, acceptedAt }),
    // The server lost it before it was written down: it is said again, and is the same call [CA2].
    'server/unknown': (call) =>
      stay(call, {
        type: 'send/invite',
        callId: call.callId,
        calleeId: call.peer.id,
        kind: call.kind,
      }),
    'server/invited': (call, { invitedAt, reach }) =>
      stay({ ...call, invitedAt, reach: call.reach === 'ringing' ? 'ringing' : reach }),
    'server/merged': merge,
    // Nobody may have heard the invite, or only its answer is lost: then nobody must ring on.
    'server/refused': (call, { failure }) =>
      closeAs(call, {
        outcome: 'failed',
        failure,
        tell: { type: 'send/cancel', callId: call.callId },
      }),
    'server/coming': 'ignored',
    'server/ringing': (call, { leg, visible, early }) => {
      const { legs, effects } = withRingingLeg(call.callId, call.legs, {
        ...legRef(leg),
        visible,
        early,
      })
      return stay({ ...call, reach: 'ringing', legs }, ...effects)
    },
    'server/left': (call, { leg, reach }) => {
      const legs = withoutLeg(call.legs, leg)
      const rings = legs.some(({ gone }) => !gone)
      return stay({ ...call, reach: rings ? 'ringing' : reach, legs })
    },
    'server/accepted': (call, { acceptedAt, peerLeg }) =>
      toCalling(call, { leg: peerLeg, acceptedAt }),
    'server/taken': 'ignored',
    'server/peer': 'ignored',
    'server/closed': (call, { outcome, durationMs }) => closeAs(call, { outcome, durationMs }),
    'peer/signaled': (call, { from, signal }) =>
      stay(call, { type: 'peer/signal', callId: call.callId, leg: from, signal }),
    // The answer on the data channel is as good as the server's, and one trip earlier.
    'peer/accepted': (call, { leg }) => toCalling(call, { leg, acceptedAt: null }),
    'peer/hung-up': 'ignored',
    'link/changed': 'ignored',
    'timer/hinted': (call) => stay({ ...call, hinted: true }),
    'timer/ring-ended': (call) =>
      closeAs(call, { outcome: 'unanswered', tell: { type: 'send/cancel', callId: call.callId } }),
    'timer/connect-ended': 'ignored',
    'timer/lost-ended': 'ignored',
    'timer/lingered': 'ignored',
  },

  coming: {
    'local/dialed': 'ignored',
    'local/restored': 'ignored',
    'local/accepted': (call, { muted }) =>
      toCalling(call, { leg: call.callerLeg, acceptedAt: null, clicked: { muted } }),
    'local/rejected': (call, { text }) =>
      closeAs(call, {
        outcome: 'rejected',
        tell: { type: 'send/reject', callId: call.callId, text },
      }),
    'local/cancelled': 'ignored',
    'local/hung-up': 'ignored',
    // The caller was told that this leg is gone: it rings on, and says so.
    'server/reached': (call) =>
      stay(
        call,
        { type: 'send/resume', callId: call.callId, answered: false },
        { type: 'send/ringing', callId: call.callId },
      ),
    'server/resumed': 'ignored',
    'server/unknown': forget,
    'server/invited': 'ignored',
    'server/merged': 'ignored',
    'server/refused': 'ignored',
    'server/coming': (call, { callerLeg }) => comeFrom(call, callerLeg),
    'server/ringing': 'ignored',
    'server/left': 'ignored',
    // Only a click on this leg answers [CA17]: no frame, whatever it says, can. An invite of this
    // leg crossed this call [CA8], and its cancel is not known yet: then this call is over too.
    'server/accepted': (call) =>
      closeAs(call, {
        outcome: 'completed',
        tell: { type: 'send/hangup', callId: call.callId, outcome: 'completed' },
      }),
    'server/taken': closeAsTaken,
    'server/peer': (call, { presence }) =>
      stay({ ...call, callerAbsence: presence === 'back' ? null : presence }),
    'server/closed': (call, { outcome, durationMs }) => closeAs(call, { outcome, durationMs }),
    'peer/signaled': (call, { from, signal }) =>
      stay(call, { type: 'peer/signal', callId: call.callId, leg: from, signal }),
    'peer/accepted': 'ignored',
    // The caller cancelled, and its data channel was faster than the server.
    'peer/hung-up': (call, { leg }) =>
      leg.legId === call.callerLeg.legId ? closeAs(call, { outcome: 'cancelled' }) : stay(call),
    'link/changed': 'ignored',
    'timer/hinted': 'ignored',
    'timer/ring-ended': (call) => closeAs(call, { outcome: 'unanswered' }),
    'timer/connect-ended': 'ignored',
    'timer/lost-ended': 'ignored',
    'timer/lingered': 'ignored',
  },

  calling: {
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
    'server/unknown': (call, { at }) =>
      call.acceptedAt === null
        ? awaitInvite(call)
        : closeAs(call, { outcome: 'failed', durationMs: talkedMs(call, at) }),
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
      // A page that was reloaded has no connection yet, and may be told this before the answer to its resume.
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
    // The server is told by both, so that it knows when one of the two can't reach it.
    'peer/hung-up': (call, { leg, at }) =>
      leg.legId === call.peerLeg.legId ? hangUp(call, at) : stay(call),
    'link/changed': changeLink,
    'timer/hinted': 'ignored',
    'timer/ring-ended': 'ignored',
    'timer/connect-ended': (call, { at }) =>
      call.link === 'connecting' ? giveUp(call, at) : stay(call),
    'timer/lost-ended': (call, { at }) =>
      call.link === 'connected' ? stay(call) : giveUp(call, at),
    'timer/lingered': 'ignored',
  },

  closing: {
    // Whoever dials again while the last end is still shown need not wait for it.
    'local/dialed': (_call, event) => dial(event),
    'local/restored': 'ignored',
    'local/accepted': 'ignored',
    'local/rejected': 'ignored',
    'local/cancelled': 'ignored',
    'local/hung-up': 'ignored',
    'server/reached': 'ignored',
    'server/resumed': 'ignored',
    'server/unknown': 'ignored',
    'server/invited': 'ignored',
    'server/merged': 'ignored',
    'server/refused': 'ignored',
    'server/coming': (_call, event) => come(event),
    'server/ringing': 'ignored',
    'server/left': 'ignored',
    // The server died before it wrote down that this is over: it keeps a place that nobody wants.
    'server/accepted': (call) => {
      const outcome = call.outcome === 'failed' ? 'failed' : 'completed'
      return stay(call, { type: 'send/hangup', callId: call.callId, outcome })
    },
    'server/taken': 'ignored',
    'server/peer': 'ignored',
    // The server's word on how it ended and how long it lasted is the true one. Who cancelled because
    // something failed is still to read what it was.
    'server/closed': (call, { outcome, durationMs }) => {
      const isOurs = outcome === 'failed' || (outcome === 'cancelled' && call.role === 'caller')
      return stay({ ...call, outcome, durationMs, failure: isOurs ? call.failure : null })
    },
    'peer/signaled': 'ignored',
    'peer/accepted': 'ignored',
    'peer/hung-up': 'ignored',
    'link/changed': 'ignored',
    'timer/hinted': 'ignored',
    'timer/ring-ended': 'ignored',
    'timer/connect-ended': 'ignored',
    'timer/lost-ended': 'ignored',
    'timer/lingered': () => stay(null),
  },
}
