import { REQUEST_RETRY_MS } from '#shared/limits.ts'
import type { Push } from '#shared/protocol/envelope.ts'
import { createSequence } from './sequence.ts'

/** Pushes as they come in: the numbered ones in order, each once, and asked for when one is missing. */
export interface Inbox {
  /** Number of the last frame that was handed on. */
  readonly received: number
  /** @param n null for a push that has no order */
  take(n: number | null, push: Push): void
  /** The server says how far it is: a lost last frame is noticed here. */
  compare(sent: number): void
  /** Forget what waits; the count goes on, as the server's does. */
  clear(): void
  /** The server lives anew and counts from 1. */
  restart(): void
}

export interface InboxOptions {
  handOn: (push: Push) => void
  /** Have the server send again what it keeps. */
  askAgain: () => void
}

/** Missing frames are asked for after this time: reordering heals by itself before. */
const GAP_PATIENCE_MS = 300
/** The server keeps only so much: what has not come by then is gone, and the rest must go on. */
const GAP_GIVE_UP_MS = 20_000

export function createInbox({ handOn, askAgain }: InboxOptions): Inbox {
  const sequence = createSequence()
  let asking: ReturnType<typeof setTimeout> | undefined
  let givingUp: ReturnType<typeof setTimeout> | undefined

  function settle(): void {
    clearTimeout(asking)
    clearTimeout(givingUp)
    asking = undefined
    givingUp = undefined
  }

  function ask(): void {
    askAgain()
    asking = setTimeout(ask, REQUEST_RETRY_MS)
  }

  function handOnAll(due: readonly Push[]): void {
    // What is missing now is another frame than before, with its own time.
    if (due.length > 0 || !sequence.hasGap) settle()
    if (sequence.hasGap) {
      asking ??= setTimeout(ask, GAP_PATIENCE_MS)
      givingUp ??= setTimeout(() => {
        handOnAll(sequence.skipGap())
      }, GAP_GIVE_UP_MS)
    }
    for (const push of due) handOn(push)
  }

  return {
    get received() {
      return sequence.received
    },
    take(n, push) {
      if (n === null) handOn(push)
      else handOnAll(sequence.take(n, push))
    },
    compare(sent) {
      if (sequence.isBehind(sent)) askAgain()
    },
    clear() {
      settle()
      sequence.clear()
    },
    restart() {
      settle()
      sequence.restart()
    },
  }
}
