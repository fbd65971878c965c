import type { ReceivedSignal } from './signal.ts'
import type { CallRole, Link, Reach } from './state.ts'
import type {
  AppErrorCode,
  CallKind,
  CallOutcome,
  LegRef,
  PeerPresence,
  UserView,
} from './words.ts'

/**
 * What happened, in the past tense, with its source. Each event carries a callId; transition.ts is the
 * one place that drops events of other calls. Time is a field (`at`, ms UTC).
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
  /** The page was reloaded during a call and returns to it [CA12]. */
  | { type: 'local/restored'; callId: string; restored: RestoredCall; at: number }
  | { type: 'local/accepted'; callId: string; muted: boolean }
  | { type: 'local/rejected'; callId: string; text: string | null }
  | { type: 'local/cancelled'; callId: string }
  | { type: 'local/hung-up'; callId: string; at: number }
  // The server, the arbiter
  /** The connection was lost and is back: the tab asks for what it missed. */
  | { type: 'server/reached'; callId: string }
  /** How the call stands, since this tab asked. */
  | { type: 'server/resumed'; callId: string; acceptedAt: number; peerLeg: LegRef }
  /** The server does not know this call. */
  | { type: 'server/unknown'; callId: string }
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
  | { type: 'server/peer'; callId: string; presence: PeerPresence }
  /** A leg that rang is gone; `reach` describes the legs that are left. */
  | { type: 'server/left'; callId: string; leg: LegRef; reach: 'sent' | 'offline' }
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
  | { type: 'timer/lost-ended'; callId: string; at: number }
  | { type: 'timer/lingered'; callId: string }

/** What a reloaded page knows of its call. */
export interface RestoredCall {
  readonly peer: UserView
  readonly kind: CallKind
  readonly role: CallRole
  /** ms UTC, the server's clock. */
  readonly invitedAt: number
  /** The peer's leg, and since when, if the server had told; null: nobody had answered yet. */
  readonly talk: { readonly peerLeg: LegRef; readonly acceptedAt: number | null } | null
  /** As the user had set them. */
  readonly microphone: boolean
  readonly camera: boolean
}

export type CallEventType = CallEvent['type']
export type EventOf<T extends CallEventType> = Extract<CallEvent, { type: T }>
