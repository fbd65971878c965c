import { MAILBOX_MAX_BYTES, MAILBOX_MAX_FRAMES } from '#shared/limits.ts'

/** The call frames of one leg: numbered from 1, kept until the leg says that it has handled them [CA11]. */
export interface Mailbox {
  /** Number of the last frame. */
  readonly last: number
  /** @param write makes the text of the frame from its number @returns its bytes */
  add(write: (n: number) => string): Buffer
  /** The leg has handled everything up to `n`. */
  forgetUpTo(n: number): void
  /** What the leg has not handled yet, oldest first. */
  readonly kept: readonly Buffer[]
  /** The leg counts further than this mailbox does: it was emptied and made anew meanwhile. */
  continueFrom(n: number): void
}

export function createMailbox(): Mailbox {
  let last = 0
  let bytes = 0
  /**
   * The newest is number `last`, and none is missing between two. Bytes, not text: what is kept for
   * seconds would move through the whole heap, and each collection would hold everybody's frames up.
   */
  const frames: Buffer[] = []

  function dropOldest(): void {
    const oldest = frames.shift()
    if (oldest !== undefined) bytes -= oldest.length
  }

  return {
    get last() {
      return last
    },
    add(write) {
      last += 1
      const frame = Buffer.from(write(last))
      frames.push(frame)
      bytes += frame.length
      while (frames.length > MAILBOX_MAX_FRAMES || bytes > MAILBOX_MAX_BYTES) dropOldest()
      return frame
    },
    forgetUpTo(n) {
      const handled = n - (last - frames.length)
      for (const frame of frames.splice(0, Math.max(0, handled))) bytes -= frame.length
    },
    get kept() {
      return [...frames]
    },
    continueFrom(n) {
      if (n <= last) return
      frames.length = 0
      bytes = 0
      last = n
    },
  }
}
