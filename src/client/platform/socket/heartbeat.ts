import { HEARTBEAT_INTERVAL_MS, HEARTBEAT_TIMEOUT_MS } from '#shared/limits.ts'

/** Asks again and again whether the server is there, and notices when it is not. */
export interface Heartbeat {
  start(): void
  stop(): void
  /** Ask now; without a word within `patienceMs` the connection is dead. */
  probe(patienceMs: number): void
  /** The server said something, or the connection that was asked is gone: nothing is owed any more. */
  settle(): void
}

export interface HeartbeatOptions {
  /** @returns false when there is nobody to ask */
  ask: () => boolean
  onDead: () => void
}

/** A question waits no longer than this for a word: with the interval it makes the time-out. */
const PATIENCE_MS = HEARTBEAT_TIMEOUT_MS - HEARTBEAT_INTERVAL_MS

/**
 * Only a question that nobody answers shows a dead connection, never silence alone: the timers of a tab
 * in the background may run once a minute, and nothing was asked in between.
 */
export function createHeartbeat({ ask, onDead }: HeartbeatOptions): Heartbeat {
  let beating: ReturnType<typeof setInterval> | undefined
  let deadline: ReturnType<typeof setTimeout> | undefined

  function settle(): void {
    clearTimeout(deadline)
    deadline = undefined
  }

  function expect(patienceMs: number): void {
    deadline = setTimeout(() => {
      deadline = undefined
      onDead()
    }, patienceMs)
  }

  return {
    start() {
      clearInterval(beating)
      beating = setInterval(() => {
        if (ask() && deadline === undefined) expect(PATIENCE_MS)
      }, HEARTBEAT_INTERVAL_MS)
    },
    stop() {
      clearInterval(beating)
      settle()
    },
    probe(patienceMs) {
      settle()
      if (ask()) expect(patienceMs)
    },
    settle,
  }
}
