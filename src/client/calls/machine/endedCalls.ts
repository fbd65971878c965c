import type { CallEffect } from './effects.ts'
import type { CallEvent } from './events.ts'

/**
 * The calls that are over for this leg: the user ended them, or the server said so. When one of them
 * comes again, by a late frame or from a server that lost the news [CA14], it does not ring again: the
 * last word is repeated, or the call is rejected.
 */
export interface EndedCalls {
  /** Note what an event led to. */
  note(event: CallEvent, effects: readonly CallEffect[]): void
  /** What to send instead of letting it ring; null for everything else. */
  again(event: CallEvent): CallEffect | null
}

const SAID: ReadonlySet<CallEffect['type']> = new Set(['send/reject', 'send/hangup'])
/** Nothing arrives later than that many calls. */
const KEPT = 20

export function createEndedCalls(): EndedCalls {
  const said = new Map<string, CallEffect>()
  return {
    note(event, effects) {
      const { callId } = event
      if (event.type.startsWith('local/')) {
        for (const effect of effects) if (SAID.has(effect.type)) said.set(callId, effect)
      } else if (event.type === 'server/closed' && !said.has(callId)) {
        said.set(callId, { type: 'send/reject', callId, text: null })
      }
      const [oldest] = said.keys()
      if (said.size > KEPT && oldest !== undefined) said.delete(oldest)
    },
    again: ({ type, callId }) => (type === 'server/coming' ? (said.get(callId) ?? null) : null),
  }
}
