import { CLOSE_CODES } from '#shared/protocol/envelope.ts'

/** A close that is final, in words. */
export type CloseReason = 'signed-out' | 'other-account' | 'outdated' | 'superseded' | 'too-many'

const REASONS: ReadonlyMap<number, CloseReason> = new Map([
  [CLOSE_CODES.signedOut, 'signed-out'],
  [CLOSE_CODES.otherAccount, 'other-account'],
  [CLOSE_CODES.outdated, 'outdated'],
  [CLOSE_CODES.superseded, 'superseded'],
  [CLOSE_CODES.tooMany, 'too-many'],
])

/** The reason behind a close code, or null when trying again is right. */
export const closeReasonOf = (code: number): CloseReason | null => REASONS.get(code) ?? null
