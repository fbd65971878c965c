import type { ErrorCode } from '#shared/errors.ts'
import type { UserView } from '#shared/protocol/accounts.ts'
import type { PeerAbsence } from '#shared/protocol/calls.ts'
import type { RequestBody } from '#shared/protocol/envelope.ts'
import type { UserLeg } from './call.ts'

export type SignalType = 'call.offer' | 'call.answer' | 'call.candidate'

/** A signal as its sender wrote it; the server adds `from` by what it knows [CA9]. */
export type SignalRequest = {
  [T in SignalType]: { signal: T; body: RequestBody<T> }
}[SignalType]

export type Refusal = Extract<ErrorCode, 'request/forbidden' | 'request/blocked'>

/** Digests of the secrets that a leg shows to take its place again [CA12]. */
export interface Resuming {
  readonly shown: readonly string[]
  readonly next: string
  /** A click on this leg has answered, whatever the server knows of it [CA14]. */
  readonly answered: boolean
}

/** What legs ask and what time brings. `by` is the server's knowledge, never the frame's. */
export type CallCommand =
  | {
      type: 'invite'
      by: UserLeg
      body: Omit<RequestBody<'call.invite'>, 'secret'>
      secret: string | null
      /** Facts that the service looked up. */
      callerView: UserView
      /** Why the caller can't reach the callee; null: they can. */
      refusal: Refusal | null
      calleeLegs: readonly UserLeg[]
    }
  | { type: 'ringing'; by: UserLeg; body: RequestBody<'call.ringing'> }
  | ({ type: 'signal'; by: UserLeg } & SignalRequest)
  | { type: 'accept'; by: UserLeg; callId: string; secret: string | null }
  | { type: 'resume'; by: UserLeg; callId: string; secrets: Resuming }
  | { type: 'reject'; by: UserLeg; callId: string; text: string | null }
  /** Cancel and hang up: what it means depends on who and when. */
  | { type: 'leave'; by: UserLeg; callId: string; outcome: 'completed' | 'failed' }
  /** `by` has blocked `from`: the two have no call any more [S17]. */
  | { type: 'part'; by: string; from: string }
  | { type: 'leg-attached'; by: UserLeg }
  /** A leg that could not call, because it is being called, has read so. */
  | { type: 'leg-refused'; by: UserLeg }
  | { type: 'leg-lost'; by: UserLeg; absence: PeerAbsence; graceMs: number }
  | { type: 'grace-ended'; callId: string }
  | { type: 'ring-ended'; callId: string }

export type CommandType = CallCommand['type']
export type CommandOf<T extends CommandType> = Extract<CallCommand, { type: T }>
