import { closeAs } from './closing.ts'
import { legRef, withoutLeg, withRingingLeg } from './early.ts'
import { merge, toCalling } from './entering.ts'
import { inviteAgain } from './lost.ts'
import { stay, type Handlers } from './handlers.ts'

/** The caller waits: dialled, and nobody has answered yet. */
export const waiting: Handlers<'waiting'> = {
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
  'server/unknown': inviteAgain,
  'server/invited': (call, { invitedAt, reach }) =>
    stay({ ...call, invitedAt, reach: call.reach === 'ringing' ? 'ringing' : reach }),
  'server/merged': merge,
  // The invite may have reached nobody, or only the reply was lost: then nobody must go on ringing.
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
  // The answer on the data channel is as good as the server's, and arrives one trip earlier.
  'peer/accepted': (call, { leg }) => toCalling(call, { leg, acceptedAt: null }),
  'peer/hung-up': 'ignored',
  'link/changed': 'ignored',
  'timer/hinted': (call) => stay({ ...call, hinted: true }),
  'timer/ring-ended': (call) =>
    closeAs(call, { outcome: 'unanswered', tell: { type: 'send/cancel', callId: call.callId } }),
  'timer/connect-ended': 'ignored',
  'timer/lost-ended': 'ignored',
  'timer/lingered': 'ignored',
}
