import {
  CLOSING_LINGER_MS,
  CONNECT_TIMEOUT_MS,
  LOST_TIMEOUT_MS,
  RING_HINT_MS,
  RING_SAFETY_MS,
} from '#shared/limits.ts'
import type { CallTimer } from '../machine/effects.ts'
import type { CallEvent } from '../machine/events.ts'

const LENGTH_MS: Readonly<Record<CallTimer, number>> = {
  hint: RING_HINT_MS,
  ring: RING_SAFETY_MS,
  connect: CONNECT_TIMEOUT_MS,
  lost: LOST_TIMEOUT_MS,
  linger: CLOSING_LINGER_MS,
}

/** The timers of calls; each comes back as an event with its callId. */
export interface CallTimers {
  /** Start, or restart. */
  start(timer: CallTimer, callId: string): void
  stop(timer: CallTimer, callId: string): void
  stopAll(callId: string): void
}

export interface CallTimersOptions {
  /** The server's clock, ms UTC. */
  now: () => number
  /** The end of the call offers a button, so it stays on screen longer. */
  isEndOffering?: () => boolean
}

/** Long enough to read the offer and decide. */
const OFFERING_LINGER_MS = 6_000

export function createCallTimers(
  dispatch: (event: CallEvent) => void,
  { now, isEndOffering = () => false }: CallTimersOptions,
): CallTimers {
  const running = new Map<string, Map<CallTimer, ReturnType<typeof setTimeout>>>()

  const events: Readonly<Record<CallTimer, (callId: string) => CallEvent>> = {
    hint: (callId) => ({ type: 'timer/hinted', callId }),
    ring: (callId) => ({ type: 'timer/ring-ended', callId }),
    connect: (callId) => ({ type: 'timer/connect-ended', callId, at: now() }),
    lost: (callId) => ({ type: 'timer/lost-ended', callId, at: now() }),
    linger: (callId) => ({ type: 'timer/lingered', callId }),
  }

  function stop(timer: CallTimer, callId: string): void {
    const own = running.get(callId)
    clearTimeout(own?.get(timer))
    own?.delete(timer)
    if (own?.size === 0) running.delete(callId)
  }

  return {
    start(timer, callId) {
      stop(timer, callId)
      const own = running.get(callId) ?? new Map<CallTimer, ReturnType<typeof setTimeout>>()
      running.set(callId, own)
      const ended = (): void => {
        stop(timer, callId)
        dispatch(events[timer](callId))
      }
      const isOffering = timer === 'linger' && isEndOffering()
      own.set(timer, setTimeout(ended, isOffering ? OFFERING_LINGER_MS : LENGTH_MS[timer]))
    },
    stop,
    stopAll(callId) {
      for (const id of running.get(callId)?.values() ?? []) clearTimeout(id)
      running.delete(callId)
    },
  }
}
