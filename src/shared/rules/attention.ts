import type { RecordedOutcome } from '../protocol/calls.ts'
import type { MessageBody } from '../protocol/chat.ts'

/** Which calls count as unread for the callee: those that they could not take. */
const MISSED: Record<RecordedOutcome, boolean> = {
  completed: false,
  rejected: false,
  cancelled: false,
  unanswered: true,
  busy: true,
  failed: false,
}

/** Whether a message counts as unread for those who did not send it. */
export function asksAttention(body: MessageBody): boolean {
  return body.kind === 'text' || (body.kind === 'call' && MISSED[body.outcome])
}
