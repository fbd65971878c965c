import {
  CLOSING_LINGER_MS,
  CONNECT_TIMEOUT_MS,
  RING_HINT_MS,
  RING_SAFETY_MS,
} from '#shared/limits.ts'
import type { CallTimer } from './machine/effects.ts'
import type { CallEvent } from './machine/events.ts'

const LENGTH_MS: Readonly<Record<CallTimer, number>> = {
  hint: RING_HINT_MS,
  ring: RING_SAFETY_MS,
  connect: CONNECT_TIMEOUT_MS,
  linger: CLOSING_LINGER_MS,
}

/** The timers of calls; each comes back as an event with its callId. */
export interface CallTimers {
  start(timer: CallTimer, callId: string): void
  stopAll(callId: string): void
}

/** @param now the server's clock, ms UTC */
export function createCallTimers(
  dispatch: (event: CallEvent) => void,
  now: () => number,
): CallTimers {
  const running = new Map<string, Set<ReturnType<typeof setTimeout>>>()

  const events: Readonly<Record<CallTimer, (callId: string) => CallEvent>> = {
    hint: (callId) => ({ type: 'timer/hinted', callId }),
    ring: (callId) => ({ type: 'timer/ring-ended', callId }),
    connect: (callId) => ({ type: 'timer/connect-ended', callId, at: now() }),
    linger: (callId) => ({ type: 'timer/lingered', callId }),
  }

  return {
    start(timer, callId) {
      const own = running.get(callId) ?? new Set()
      running.set(callId, own)
      const id = setTimeout(() => {
        own.delete(id)
        if (own.size === 0) running.delete(callId)
        dispatch(events[timer](callId))
      }, LENGTH_MS[timer])
      own.add(id)
    },
    stopAll(callId) {
      running.get(callId)?.forEach(clearTimeout)
      running.delete(callId)
    },
  }
}
