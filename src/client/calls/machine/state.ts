import type { AppErrorCode, CallKind, CallOutcome, LegRef, PeerAbsence, UserView } from './words.ts'

export type CallRole = 'caller' | 'callee'

/** Whether a device of the callee rings: `sent` reads "Calling…", `ringing` reads "Ringing…". */
export type Reach = 'sent' | 'ringing' | 'offline'

/** State of the media path of an answered call. */
export type Link = 'connecting' | 'connected' | 'reconnecting'

interface CallIdentity {
  readonly callId: string
  readonly peer: UserView
  readonly kind: CallKind
  readonly role: CallRole
}

/** A leg of the callee that rings, and whether the caller already connects to it (decision 4). */
export interface RingingLeg extends LegRef {
  readonly visible: boolean
  readonly early: boolean
  readonly open: boolean
  /** Its connection is lost: it may come back and go on ringing. */
  readonly gone: boolean
}

/** I call and nobody has answered yet. */
export interface WaitingCall extends CallIdentity {
  readonly status: 'waiting'
  readonly role: 'caller'
  /** ms UTC, the server's clock as this client knows it. */
  readonly invitedAt: number
  readonly reach: Reach
  /** Half of the ring window is over: hint that nobody may be near the phone [CA4]. */
  readonly hinted: boolean
  readonly legs: readonly RingingLeg[]
}

/** Somebody calls me. */
export interface ComingCall extends CallIdentity {
  readonly status: 'coming'
  readonly role: 'callee'
  readonly invitedAt: number
  readonly callerLeg: LegRef
  /** The caller has lost the connection or left the page: they may have gone. */
  readonly callerAbsence: PeerAbsence | null
}

/** We talk. */
export interface CallingCall extends CallIdentity {
  readonly status: 'calling'
  /** The server's time of the answer: both timers count from it. Null until the server has said it. */
  readonly acceptedAt: number | null
  readonly link: Link
  readonly peerLeg: LegRef
  /** Without a connection, and why; the server keeps its place [CA10]. */
  readonly peerAbsence: PeerAbsence | null
}

/** It is over; shown for about two seconds. */
export interface ClosingCall extends CallIdentity {
  readonly status: 'closing'
  readonly outcome: CallOutcome
  readonly durationMs: number
  /** The cause, if a failure and not a person ended the call. */
  readonly failure: AppErrorCode | null
  /** The call was answered, but the two never heard each other: nothing was interrupted. */
  readonly isUnmet?: boolean
}

/** The call of this tab. "No call" is `null`. */
export type CallState = WaitingCall | ComingCall | CallingCall | ClosingCall
export type CallStatus = CallState['status']
export type CallOf<S extends CallStatus> = Extract<CallState, { status: S }>
