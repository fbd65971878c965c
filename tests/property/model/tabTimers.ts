import {
  CLOSING_LINGER_MS,
  CONNECT_TIMEOUT_MS,
  LOST_TIMEOUT_MS,
  RING_HINT_MS,
  RING_SAFETY_MS,
} from '#shared/limits.ts'
import type { CallTimer } from '#client/calls/machine/effects.ts'
import type { CallEvent } from '#client/calls/machine/events.ts'
import type { VirtualClock } from './virtualClock.ts'

const LENGTH_MS: Readonly<Record<CallTimer, number>> = {
  hint: RING_HINT_MS,
  ring: RING_SAFETY_MS,
  connect: CONNECT_TIMEOUT_MS,
  lost: LOST_TIMEOUT_MS,
  linger: CLOSING_LINGER_MS,
}

const EVENTS: Readonly<Record<CallTimer, (callId: string, at: number) => CallEvent>> = {
  hint: (callId) => ({ type: 'timer/hinted', callId }),
  ring: (callId) => ({ type: 'timer/ring-ended', callId }),
  connect: (callId, at) => ({ type: 'timer/connect-ended', callId, at }),
  lost: (callId, at) => ({ type: 'timer/lost-ended', callId, at }),
  linger: (callId) => ({ type: 'timer/lingered', callId }),
}

/** The timers of one tab; each fires or is stopped, and runs once at a time: begun anew it starts over. */
export interface TabTimers {
  readonly running: number
  start(timer: CallTimer, callId: string): void
  stop(timer: CallTimer, callId: string): void
  stopAll(callId: string): void
  /** Those of every call. */
  clear(): void
}

export function createTabTimers(
  clock: VirtualClock,
  dispatch: (event: CallEvent) => void,
): TabTimers {
  const running = new Map<string, () => void>()

  function stop(prefix: string): void {
    for (const [key, stopTimer] of running) {
      if (!key.startsWith(prefix)) continue
      stopTimer()
      running.delete(key)
    }
  }

  return {
    get running() {
      return running.size
    },
    start(timer, callId) {
      const key = `${callId}/${timer}`
      stop(key)
      const run = (): void => {
        running.delete(key)
        dispatch(EVENTS[timer](callId, clock.now()))
      }
      running.set(key, clock.after(LENGTH_MS[timer], run))
    },
    stop: (timer, callId) => {
      stop(`${callId}/${timer}`)
    },
    stopAll: (callId) => {
      stop(`${callId}/`)
    },
    clear: () => {
      stop('')
    },
  }
}
