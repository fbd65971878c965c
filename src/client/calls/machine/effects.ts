import type { Signal } from './signal.ts'
import type { CallKind, LegRef } from './words.ts'

export type Ring = 'incoming' | 'ringback' | 'ended' | 'silence'
export type CallTimer = 'hint' | 'ring' | 'connect' | 'lost' | 'linger'

/**
 * What is to be done, as data; `callEffects.ts` is the one interpreter. Results come back as events.
 */
export type CallEffect =
  // To the server
  | { type: 'send/invite'; callId: string; calleeId: string; kind: CallKind }
  | { type: 'send/ringing'; callId: string }
  | { type: 'send/accept'; callId: string }
  /** Ask how the call stands, and take the place again; `answered`: by a click on this leg. */
  | { type: 'send/resume'; callId: string; answered: boolean }
  | { type: 'send/reject'; callId: string; text: string | null }
  | { type: 'send/cancel'; callId: string }
  /** `failed`: there was no path to the peer, so the record must not say that they talked. */
  | { type: 'send/hangup'; callId: string; outcome: 'completed' | 'failed' }
  // To the peer's legs
  /** Prepare a peer connection to a leg; the side that offers starts at once, the other waits for the offer. */
  | { type: 'peer/open'; callId: string; leg: LegRef; offers: boolean }
  | { type: 'peer/signal'; callId: string; leg: LegRef; signal: Signal }
  /** This leg takes part in the call: close the others, send and play media on it, say `accepted` on it. */
  | { type: 'peer/adopt'; callId: string; leg: LegRef; offers: boolean }
  /** Close one leg's connection. */
  | { type: 'peer/drop'; callId: string; legId: string }
  /** Say `hung up` on the data channel and close every connection of the call. */
  | { type: 'peer/close-all'; callId: string }
  // This tab
  | { type: 'media/open'; callId: string; kind: CallKind; muted: boolean }
  | { type: 'media/release'; callId: string }
  | { type: 'ring'; ring: Ring; callId: string }
  | { type: 'timer/start'; timer: CallTimer; callId: string }
  | { type: 'timer/stop'; timer: CallTimer; callId: string }
  | { type: 'timer/stop-all'; callId: string }
