/** The wire's types that the machine uses; types only, so the machine stays pure. */
export type { ErrorCode as AppErrorCode } from '#shared/errors.ts'
export type { UserView } from '#shared/protocol/accounts.ts'
export type {
  CallKind,
  CallOutcome,
  Candidate,
  IceServer,
  LegRef,
  PeerAbsence,
  PeerPresence,
} from '#shared/protocol/calls.ts'
