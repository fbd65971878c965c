import type { CallRecord } from '#shared/protocol/chat.ts'
import type { RecordedOutcome } from '#shared/protocol/calls.ts'
import { talkTime } from '#client/calls/index.ts'
import type { MessageKey, Text } from '#client/i18n/index.ts'

interface Reading {
  caller: MessageKey
  callee: MessageKey
}

/** What the caller and the callee read of a call that ended so. */
const READINGS: Record<Exclude<RecordedOutcome, 'failed'>, Reading> = {
  completed: { caller: 'chat.record.completed', callee: 'chat.record.completed' },
  cancelled: { caller: 'chat.record.cancelledByMe', callee: 'chat.record.cancelledByPeer' },
  rejected: { caller: 'chat.record.rejectedByPeer', callee: 'chat.record.rejectedByMe' },
  unanswered: { caller: 'chat.record.unansweredByPeer', callee: 'chat.record.missed' },
  busy: { caller: 'chat.record.peerBusy', callee: 'chat.record.meBusy' },
}

function keyOf({ outcome, durationMs }: CallRecord, role: keyof Reading): MessageKey {
  if (outcome !== 'failed') return READINGS[outcome][role]
  return durationMs > 0 ? 'chat.record.interrupted' : 'chat.record.notConnected'
}

/** The line that a record shows to the caller or to the callee. */
export function recordText(record: CallRecord, isCaller: boolean, t: Text['t']): string {
  return t(keyOf(record, isCaller ? 'caller' : 'callee'), {
    duration: talkTime(record.durationMs),
  })
}
