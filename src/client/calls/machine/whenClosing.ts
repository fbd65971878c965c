import { dial, come } from './entering.ts'
import { stay, type Handlers } from './handlers.ts'

/** The call is over, and its end is still shown. */
export const closing: Handlers<'closing'> = {
  // The user may dial again while the last end is still on screen.
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
  // The server was killed before it wrote down that the call is over, and keeps a leg in it that has left.
  'server/accepted': (call) => {
    const outcome = call.outcome === 'failed' ? 'failed' : 'completed'
    return stay(call, { type: 'send/hangup', callId: call.callId, outcome })
  },
  'server/taken': 'ignored',
  'server/peer': 'ignored',
  // The server decides outcome and duration. A caller that cancelled because of a failure still reads
  // the failure.
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
}
