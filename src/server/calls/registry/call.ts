import type { CallKind, LegRef, RecordedOutcome } from '#shared/protocol/calls.ts'
import type { UserView } from '#shared/protocol/accounts.ts'

/** One tab of one user: a leg id means nothing without its user. */
export interface UserLeg extends LegRef {
  readonly userId: string
}

interface CallIdentity {
  readonly callId: string
  readonly kind: CallKind
  readonly caller: UserLeg
  /** Digest of the secret with which a reloaded page replaces the caller's leg; null: none does [CA12]. */
  readonly callerSecret: string | null
  readonly callerView: UserView
  readonly calleeId: string
  /** ms UTC */
  readonly invitedAt: number
  /** Every leg of the callee that was told; all of them until one answers, then only that one. */
  readonly calleeLegs: readonly UserLeg[]
  /** Legs without a connection, and until when the server keeps their place [CA10]. */
  readonly away: readonly AwayLeg[]
}

export interface AwayLeg {
  readonly userId: string
  readonly legId: string
  /** ms UTC */
  readonly until: number
  /** It went while it rang: until it is back, it has met nobody. */
  readonly sinceRinging: boolean
}

export interface RingingCall extends CallIdentity {
  readonly phase: 'ringing'
}

export interface TalkingCall extends CallIdentity {
  readonly phase: 'talking'
  /** ms UTC */
  readonly acceptedAt: number
  /** The leg that answered. */
  readonly callee: UserLeg
  readonly calleeSecret: string | null
}

/** A call that is going on. */
export type LiveCall = RingingCall | TalkingCall

/** What is remembered of a call that is over, so that a repeated invite gets the same answer [CA2]. */
export interface EndedCall {
  readonly callId: string
  readonly callerId: string
  readonly calleeId: string
  readonly outcome: RecordedOutcome
  readonly durationMs: number
  readonly endedAt: number
}

/** What is remembered of an invite that glare answered with an earlier call [CA8]. */
export interface MergedInvite {
  readonly callId: string
  readonly caller: UserLeg
  readonly into: string
  readonly mergedAt: number
}

/** A cancel that was faster than its invite: when the invite comes, nobody rings [CA16]. */
export interface WithdrawnInvite {
  readonly callId: string
  readonly userId: string
  readonly withdrawnAt: number
}

export const isAway = (call: Pick<LiveCall, 'away'>, leg: UserLeg): boolean =>
  call.away.some((one) => isSameLeg(one, leg))

export const isSameLeg = (
  a: { userId: string; legId: string },
  b: { userId: string; legId: string },
): boolean => a.userId === b.userId && a.legId === b.legId

export const legRefOf = ({ legId, deviceId }: UserLeg): LegRef => ({ legId, deviceId })
