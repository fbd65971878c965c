import * as v from 'valibot'
import { CallId, DeviceId, LegId, UserId, UuidV7 } from '#shared/ids.ts'
import { CallKind, RecordedOutcome } from '#shared/protocol/calls.ts'

const Participant = v.nullable(
  v.object({ legId: LegId, deviceId: DeviceId, secret: v.nullable(v.string()) }),
)
const between = { callId: CallId, kind: CallKind, callerId: UserId, calleeId: UserId }

/** Something that happened to a call and is to be written; plain data, so that a file can hold it. */
export const JournalEntry = v.variant('type', [
  v.object({
    type: v.literal('opened'),
    call: v.object({ ...between, invitedAt: v.number(), callerParticipant: Participant }),
  }),
  v.object({
    type: v.literal('accepted'),
    callId: CallId,
    at: v.number(),
    participants: v.object({ callerParticipant: Participant, calleeParticipant: Participant }),
  }),
  v.object({
    type: v.literal('moved'),
    callId: CallId,
    participants: v.object({ callerParticipant: Participant, calleeParticipant: Participant }),
  }),
  v.object({
    type: v.literal('closed'),
    call: v.object({
      ...between,
      outcome: RecordedOutcome,
      durationMs: v.number(),
      closedAt: v.number(),
    }),
  }),
  v.object({
    type: v.literal('rejectText'),
    callId: CallId,
    /** Of the message: written again, it is the same. */
    id: UuidV7,
    senderId: UserId,
    receiverId: UserId,
    text: v.string(),
  }),
])
export type JournalEntry = v.InferOutput<typeof JournalEntry>

export const JournalEntries = v.array(JournalEntry)
