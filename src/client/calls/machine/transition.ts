import type { Step } from './closing.ts'
import type { CallEvent, CallEventType } from './events.ts'
import { canComeAgain } from './lost.ts'
import type { CallState, CallStatus } from './state.ts'
import { beginnings, table } from './table.ts'

/** Events that are rightly about another call than the current one. */
const ABOUT_A_NEW_CALL: ReadonlySet<CallEventType> = new Set([
  'local/dialed',
  'local/restored',
  'server/coming',
])

/**
 * The call machine, pure and total: the next state of a call after an event, and the effects.
 * The one place that drops events of other calls.
 */
export function transition(call: CallState | null, event: CallEvent): Step {
  if (call === null) return begin(event)
  if (!isAbout(call, event)) return stray(call, event)
  // The pair (status, event type) picks a handler of exactly that pair; TypeScript can't see it
  // through two lookups, the table's type does.
  const handler = table[call.status][event.type] as AnyHandler | 'ignored'
  return handler === 'ignored' ? { call, effects: [] } : handler(call, event)
}

function isAbout(call: CallState, { type, callId }: CallEvent): boolean {
  const isSame = call.callId === callId
  if (type === 'server/coming') return isSame ? canComeAgain(call) : call.status === 'closing'
  return ABOUT_A_NEW_CALL.has(type) ? !isSame : isSame
}

type AnyHandler = (call: CallState, event: CallEvent) => Step

function begin(event: CallEvent): Step {
  if (event.type === 'local/dialed') return beginnings[event.type](event)
  if (event.type === 'local/restored') return beginnings[event.type](event)
  if (event.type === 'server/coming') return beginnings[event.type](event)
  return stray(null, event)
}

/**
 * An event of another call means nothing any more, with one exception: if the server keeps this leg in a
 * call that it has left, it must be told, or the peer would talk to nobody. A caller that waits for the
 * reply to its invite may be in that call by glare, and learns it from the reply [CA8].
 */
function stray(call: CallState | null, { type, callId }: CallEvent): Step {
  if (type !== 'server/accepted' || call?.status === 'waiting') return { call, effects: [] }
  return { call, effects: [{ type: 'send/hangup', callId, outcome: 'completed' }] }
}

/** Every status, for tables in tests. */
export const CALL_STATUSES: readonly CallStatus[] = ['waiting', 'coming', 'calling', 'closing']
