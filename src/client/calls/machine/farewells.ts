import type { CallEffect } from './effects.ts'
import type { CallEvent } from './events.ts'

/**
 * The calls that are over for this leg: it left them by a click, or the server said so. When one of them
 * comes once more, by a frame that is late or from a server that has lost the word [CA14], it does not ring
 * again: the word is said again, or that nobody is there for it.
 */
export interface Farewells {
  /** Look at what an event has led to. */
  note(event: CallEvent, effects: readonly CallEffect[]): void
  /** What to say instead of letting it ring; null for everything else. */
  again(event: CallEvent): CallEffect | null
}

const SAID: ReadonlySet<CallEffect['type']> = new Set(['send/reject', 'send/hangup'])
/** Nothing is as late as that many calls. */
const KEPT = 20

export function createFarewells(): Farewells {
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
