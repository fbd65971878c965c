import type { ErrorCode } from '#shared/errors.ts'
import type { CallKind, RecordedOutcome } from '#shared/protocol/calls.ts'
import type { CallPush } from '#shared/protocol/envelope.ts'
import type {
  EndedCall,
  LiveCall,
  MergedInvite,
  TalkingCall,
  UserLeg,
  WithdrawnInvite,
} from './call.ts'

/** The record of a call that is over, as the journal writes it [CA13]. */
export interface CallEnding {
  readonly callId: string
  readonly kind: CallKind
  readonly callerId: string
  readonly calleeId: string
  readonly outcome: RecordedOutcome
  readonly durationMs: number
  readonly closedAt: number
}

export type RegistryEffect =
  /** To one leg, in order, also when its socket is lost just now [CA11]. */
  | { type: 'push'; to: UserLeg; push: CallPush }
  | { type: 'arm'; timer: 'ring' | 'grace'; callId: string; at: number }
  /** Have `leg-refused` decided as soon as the refusal is on its way. */
  | { type: 'follow-up'; by: UserLeg }
  | { type: 'journal/opened'; call: LiveCall }
  | { type: 'journal/accepted'; call: TalkingCall }
  /** Who sits where has changed: a restart must find the leg that is there now [CA14]. */
  | { type: 'journal/moved'; call: LiveCall }
  | { type: 'journal/closed'; ending: CallEnding; legs: readonly UserLeg[] }
  /** Decline with a message: it becomes a message of the chat [CA6]. */
  | { type: 'chat/reject-text'; callId: string; from: string; to: string; text: string }

/** What a frame is answered with. The ICE servers are added by the service. */
export type RegistryReply = { ok: true; body: object } | { ok: false; code: ErrorCode }

export interface Decision {
  readonly reply: RegistryReply
  readonly effects: readonly RegistryEffect[]
  /** Calls as they are now. */
  readonly put: readonly LiveCall[]
  /** Calls that are over. */
  readonly ended: readonly EndedCall[]
  readonly merged: readonly MergedInvite[]
  readonly withdrawn: readonly WithdrawnInvite[]
}

/** What the registry knows, to be read only. */
export interface RegistryView {
  call(callId: string): LiveCall | undefined
  /** The one call that a user is in, on any device, as caller or callee, ringing or talking. */
  callOf(userId: string): LiveCall | undefined
  ended(callId: string): EndedCall | undefined
  merged(callId: string): MergedInvite | undefined
  /** Whether this user has cancelled this call before its invite came. */
  isWithdrawn(userId: string, callId: string): boolean
}

const nothing = { effects: [], put: [], ended: [], merged: [], withdrawn: [] }

export const done = (
  changes: Partial<Omit<Decision, 'reply'>> = {},
  body: object = {},
): Decision => ({
  ...nothing,
  ...changes,
  reply: { ok: true, body },
})

export const refuse = (code: ErrorCode): Decision => ({ ...nothing, reply: { ok: false, code } })

/** One after the other: the second decision's answer counts. */
export const andThen = (first: Decision, second: Decision): Decision => ({
  reply: second.reply,
  effects: [...first.effects, ...second.effects],
  put: [...first.put, ...second.put],
  ended: [...first.ended, ...second.ended],
  merged: [...first.merged, ...second.merged],
  withdrawn: [...first.withdrawn, ...second.withdrawn],
})
