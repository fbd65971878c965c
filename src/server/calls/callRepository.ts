import type { CallId, DeviceId, LegId, UserId } from '#shared/ids.ts'
import type { CallKind, RecordedOutcome } from '#shared/protocol/calls.ts'
import type { Database } from '#server/platform/database/database.ts'
import type { CallsTable } from '#server/platform/database/schema.ts'

/** A leg in a call, and the digest of the secret with which a reloaded page replaces it [CA12]. */
export interface Participant {
  legId: LegId
  deviceId: DeviceId
  secret: string | null
}

export interface Participants {
  /** Null in the rows of a version that did not note it. */
  callerParticipant: Participant | null
  /** Null while it rings. */
  calleeParticipant: Participant | null
}

/** A call that the database still holds as going on. */
export interface OpenCall extends Participants {
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
  calleeId: UserId
  outcome: RecordedOutcome
  durationMs: number
}

/** What is written of calls: the row that a restart finds, and the one record of each [CA13]. */
export interface CallJournal {
  opened(call: NewCall): Promise<void>
  accepted(callId: CallId, at: number, participants: Participants): Promise<void>
  moved(callId: CallId, participants: Participants): Promise<void>
  /** Close the row and append the record, both or neither; the second time nothing happens. */
  closed(call: ClosedCall): Promise<void>
  /** A call that has ended, or null. */
  past(callId: CallId): Promise<PastCall | null>
  /** The text of a declined call, as a message of the chat [CA6]. */
  rejectText(message: {
    /** Written again, it is the same message. */
    id: string
    senderId: UserId
    receiverId: UserId
    text: string
  }): Promise<void>
  /** Whether anything can be written now. */
  canWrite(): Promise<boolean>
  /** What a server that died or was restarted has left going on [CA14], oldest first. */
  open(): Promise<OpenCall[]>
}

/** A call that begins. */
interface NewCall extends Omit<OpenCall, 'acceptedAt' | keyof Participants> {
  /** Left out for a call that never was on. */
  callerParticipant?: Participant | null
}

/** Note that a call began, once. */
export async function insertCall(db: Database, call: NewCall): Promise<void> {
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
      ...participantColumns({
        callerParticipant: call.callerParticipant ?? null,
        calleeParticipant: null,
      }),
    })
    .onConflict((conflict) => conflict.column('id').doNothing())
    .execute()
}

/** Note that a call was answered. */
export async function setAccepted(
  db: Database,
  { callId, at, participants }: { callId: CallId; at: number; participants: Participants },
): Promise<void> {
  await db
    .updateTable('calls')
    .set({ accepted_at: at, ...participantColumns(participants) })
    .where('id', '=', callId)
    .where('closed_at', 'is', null)
    .execute()
}

/** Note who sits where. */
export async function setParticipants(
  db: Database,
  callId: CallId,
  participants: Participants,
): Promise<void> {
  await db
    .updateTable('calls')
    .set(participantColumns(participants))
    .where('id', '=', callId)
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
    .select([
      'caller_id as callerId',
      'callee_id as calleeId',
      'outcome',
      'duration_ms as durationMs',
    ])
    .where('id', '=', callId)
    .executeTakeFirst()
  if (row === undefined || row.outcome === null) return null
  return { ...row, outcome: row.outcome }
}

/** Calls that nobody has closed, oldest first. */
export async function findOpenCalls(db: Database): Promise<OpenCall[]> {
  const rows = await db
    .selectFrom('calls')
    .selectAll()
    .where('closed_at', 'is', null)
    .orderBy('invited_at')
    .execute()
  return rows.map((row) => ({
    callId: row.id,
    kind: row.kind,
    callerId: row.caller_id,
    calleeId: row.callee_id,
    invitedAt: row.invited_at,
    acceptedAt: row.accepted_at,
    callerParticipant: participantOf(row, 'caller'),
    calleeParticipant: participantOf(row, 'callee'),
  }))
}

/** Whether anything can be written now. @param at ms UTC */
export const canWrite = (db: Database, at: number): Promise<boolean> =>
  db
    .updateTable('heartbeat')
    .set({ at })
    .execute()
    .then(
      () => true,
      () => false,
    )

type Side = 'caller' | 'callee'
type ParticipantColumns = Pick<CallsTable, `${Side}_${'leg' | 'device' | 'secret'}`>

const columnsOf = (
  { legId, deviceId, secret }: Participant,
  side: Side,
): Partial<ParticipantColumns> => ({
  [`${side}_leg`]: legId,
  [`${side}_device`]: deviceId,
  [`${side}_secret`]: secret,
})

const participantColumns = ({
  callerParticipant,
  calleeParticipant,
}: Participants): Partial<ParticipantColumns> => ({
  ...(callerParticipant === null ? {} : columnsOf(callerParticipant, 'caller')),
  ...(calleeParticipant === null ? {} : columnsOf(calleeParticipant, 'callee')),
})

function participantOf(row: ParticipantColumns, side: Side): Participant | null {
  const legId = row[`${side}_leg`]
  const deviceId = row[`${side}_device`]
  return legId === null || deviceId === null
    ? null
    : { legId, deviceId, secret: row[`${side}_secret`] }
}
