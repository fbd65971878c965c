import { closeAs, closeAsTaken } from './closing.ts'
import { toCalling } from './entering.ts'
import { forget } from './lost.ts'
import { comeFrom } from './restoring.ts'
import { stay, type Handlers } from './handlers.ts'

/** It rings here. */
export const coming: Handlers<'coming'> = {
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
  // The caller was told that this leg is gone: it still rings, and says so.
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
  // Only a click on this leg answers [CA17]; no frame can. An invite of this leg crossed this call [CA8],
  // and the server does not know of its cancel yet: then this call is over too.
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
}
