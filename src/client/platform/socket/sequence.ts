import type { Push } from '#shared/protocol/envelope.ts'

/** Puts the numbered call frames of a leg into their order and lets none pass twice. */
export interface Sequence {
  /** Number of the last frame that was handed on. */
  readonly received: number
  /** Frames are here that wait for an earlier one. */
  readonly hasGap: boolean
  /** @returns the frames that are due now, in order; none while an earlier one is missing */
  take(n: number, push: Push): readonly Push[]
  /** Whether the server has sent more than has arrived in order. */
  isBehind(sent: number): boolean
  /** What is missing will not come any more. @returns the frames that are due without it */
  skipGap(): readonly Push[]
  /** Forget the frames that wait; the count goes on. */
  clear(): void
  /** The server lives anew and counts from 1. */
  restart(): void
}

/** More than this is not kept for a missing frame: the server sends them again anyway. */
const EARLY_MAX = 500

export function createSequence(): Sequence {
  let received = 0
  const early = new Map<number, Push>()

  function* due(): Iterable<Push> {
    for (;;) {
      const next = early.get(received + 1)
      if (next === undefined) return
      received += 1
      early.delete(received)
      yield next
    }
  }

  return {
    get received() {
      return received
    },
    get hasGap() {
      return early.size > 0
    },
    take(n, push) {
      if (n === received + 1 || (n > received && early.size < EARLY_MAX)) early.set(n, push)
      return [...due()]
    },
    isBehind: (sent) => sent > received,
    skipGap() {
      if (early.size > 0) received = Math.min(...early.keys()) - 1
      return [...due()]
    },
    clear() {
      early.clear()
    },
    restart() {
      received = 0
      early.clear()
    },
  }
}
