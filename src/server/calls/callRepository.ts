import type { CallId, UserId } from '#shared/ids.ts'
import type { CallKind, RecordedOutcome } from '#shared/protocol/calls.ts'
import type { Database } from '#server/platform/database/database.ts'

/** A call that the database still holds as going on. */
export interface OpenCall {
  callId: CallId
  kind: CallKind
  callerId: UserId
  calleeId: UserId
  invitedAt: number
  acceptedAt: number | null
}

/** How a call ended. */
export interface ClosedCall {
  callId: CallId
  kind: CallKind
  callerId: UserId
  calleeId: UserId
  outcome: RecordedOutcome
  /** Talking time in ms. */
  durationMs: number
  /** ms UTC */
  closedAt: number
}

/** What a repeated invite of a call is answered with that ended before this server began. */
export interface PastCall {
  callerId: UserId
  outcome: RecordedOutcome
  durationMs: number
}

/** What is written of calls: the row that a restart finds, and the one record of each [CA13]. */
export interface CallJournal {
  opened(call: Omit<OpenCall, 'acceptedAt'>): Promise<void>
  accepted(callId: CallId, at: number): Promise<void>
  /** Close the row and append the record, both or neither; the second time nothing happens. */
  closed(call: ClosedCall): Promise<void>
  /** A call that has ended, or null. */
  past(callId: CallId): Promise<PastCall | null>
  /** The text of a declined call, as a message of the chat [CA6]. */
  rejectText(message: { senderId: UserId; receiverId: UserId; text: string }): Promise<void>
  /**
   * Close what a server that died has left: ringing is `unanswered`, talking is `failed`.
   * @returns how many there were
   */
  closeOrphans(now: number): Promise<number>
}

/** Note that a call began, once. */
export async function insertCall(db: Database, call: Omit<OpenCall, 'acceptedAt'>): Promise<void> {
  await db
    .insertInto('calls')
    .values({
      id: call.callId,
      kind: call.kind,
      caller_id: call.callerId,
      callee_id: call.calleeId,
      invited_at: call.invitedAt,
      accepted_at: null,
      closed_at: null,
      outcome: null,
      duration_ms: 0,
    })
    .onConflict((conflict) => conflict.column('id').doNothing())
    .execute()
}

/** Note that a call was answered. */
export async function setAccepted(db: Database, callId: CallId, at: number): Promise<void> {
  await db
    .updateTable('calls')
    .set({ accepted_at: at })
    .where('id', '=', callId)
    .where('closed_at', 'is', null)
    .execute()
}

/** @returns false when the call was closed before */
export async function setClosed(trx: Database, closing: ClosedCall): Promise<boolean> {
  const updated = await trx
    .updateTable('calls')
    .set({
      outcome: closing.outcome,
      duration_ms: closing.durationMs,
      closed_at: closing.closedAt,
    })
    .where('id', '=', closing.callId)
    .where('closed_at', 'is', null)
    .returning('id')
    .executeTakeFirst()
  return updated !== undefined
}

/** A call that has ended, or null. */
export async function findPastCall(db: Database, callId: CallId): Promise<PastCall | null> {
  const row = await db
    .selectFrom('calls')
    .select(['caller_id as callerId', 'outcome', 'duration_ms as durationMs'])
    .where('id', '=', callId)
    .executeTakeFirst()
  if (row === undefined || row.outcome === null) return null
  return { ...row, outcome: row.outcome }
}

/** Calls that nobody has closed, oldest first. */
export function findOpenCalls(db: Database): Promise<OpenCall[]> {
  return db
    .selectFrom('calls')
    .select([
      'id as callId',
      'kind',
      'caller_id as callerId',
      'callee_id as calleeId',
      'invited_at as invitedAt',
      'accepted_at as acceptedAt',
    ])
    .where('closed_at', 'is', null)
    .orderBy('invited_at')
    .execute()
}
