import type { CallOutcome } from '#shared/protocol/calls.ts'
import type { MessageKey } from '#client/i18n/index.ts'
import type { CallOf, CallRole } from '../machine/state.ts'

type Closing = Pick<CallOf<'closing'>, 'outcome' | 'role' | 'durationMs' | 'failure' | 'isUnmet'>

const both = (key: MessageKey): Record<CallRole, MessageKey> => ({ caller: key, callee: key })

/** What each side reads when a call is over. */
const TEXTS: Record<Exclude<CallOutcome, 'failed'>, Record<CallRole, MessageKey>> = {
  completed: both('chat.record.completed'),
  cancelled: { caller: 'chat.record.cancelledByMe', callee: 'chat.record.cancelledByPeer' },
  rejected: { caller: 'chat.record.rejectedByPeer', callee: 'chat.record.rejectedByMe' },
  unanswered: { caller: 'chat.record.unansweredByPeer', callee: 'chat.record.missed' },
  busy: { caller: 'chat.record.peerBusy', callee: 'chat.record.meBusy' },
  taken: both('overlay.taken'),
}

/** The words for how a call ended, as this side reads them. */
export function closingKey(call: Omit<Closing, 'failure'>): MessageKey {
  const { outcome, role, durationMs, isUnmet } = call
  if (outcome !== 'failed') return TEXTS[outcome][role]
  return durationMs > 0 && isUnmet !== true ? 'chat.record.interrupted' : 'chat.record.notConnected'
}

/** Whether it ended against somebody's will: shown in red. */
export function endedBadly({ outcome, failure }: Pick<Closing, 'outcome' | 'failure'>): boolean {
  return failure !== null || outcome === 'failed' || outcome === 'unanswered' || outcome === 'busy'
}
