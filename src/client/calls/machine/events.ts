import type { ReceivedSignal } from './signal.ts'
import type { Link, Reach } from './state.ts'
import type { AppErrorCode, CallKind, CallOutcome, LegRef, UserView } from './words.ts'

/**
 * What happened, in the past tense, and who says so. Everything carries the callId that it is about;
 * an event of another call is dropped in one place (transition.ts). Time is a field (`at`, ms UTC).
 */
export type CallEvent =
  // The user of this tab
  | {
      type: 'local/dialed'
      callId: string
      peer: UserView
      kind: CallKind
      at: number
    }
  | { type: 'local/accepted'; callId: string; muted: boolean }
  | { type: 'local/rejected'; callId: string; text: string | null }
  | { type: 'local/cancelled'; callId: string }
  | { type: 'local/hung-up'; callId: string; at: number }
  // The server, the arbiter
  | { type: 'server/invited'; callId: string; invitedAt: number; reach: Reach }
  | {
      type: 'server/merged'
      callId: string
      into: { callId: string; kind: CallKind; acceptedAt: number; peerLeg: LegRef }
    }
  | { type: 'server/refused'; callId: string; failure: AppErrorCode }
  | {
      type: 'server/coming'
      callId: string
      peer: UserView
      kind: CallKind
      invitedAt: number
      callerLeg: LegRef
    }
  | { type: 'server/ringing'; callId: string; leg: LegRef; visible: boolean; early: boolean }
  | { type: 'server/accepted'; callId: string; acceptedAt: number; peerLeg: LegRef }
  | { type: 'server/taken'; callId: string }
  | { type: 'server/peer'; callId: string; presence: 'away' | 'back' }
  | { type: 'server/closed'; callId: string; outcome: CallOutcome; durationMs: number }
  // The peer, relayed by the server or on the data channel of a leg
  | { type: 'peer/signaled'; callId: string; from: LegRef; signal: ReceivedSignal }
  | { type: 'peer/accepted'; callId: string; leg: LegRef }
  | { type: 'peer/hung-up'; callId: string; leg: LegRef; at: number }
  // The media path
  | { type: 'link/changed'; callId: string; legId: string; link: Link | 'failed' }
  // Timers
  | { type: 'timer/hinted'; callId: string }
  | { type: 'timer/ring-ended'; callId: string }
  | { type: 'timer/connect-ended'; callId: string; at: number }
  | { type: 'timer/lingered'; callId: string }

export type CallEventType = CallEvent['type']
export type EventOf<T extends CallEventType> = Extract<CallEvent, { type: T }>
