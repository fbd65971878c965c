import { MAILBOX_MAX_BYTES, MAILBOX_MAX_FRAMES } from '#shared/limits.ts'

/** The call frames of one leg: numbered from 1, kept until the leg says that it has handled them [CA11]. */
export interface Mailbox {
  /** Number of the last frame. */
  readonly last: number
  /** @param write makes the text of the frame from its number */
  add(write: (n: number) => string): string
  /** The leg has handled everything up to `n`. */
  forgetUpTo(n: number): void
  /** What the leg has not handled yet, oldest first. */
  readonly kept: readonly string[]
  /** The leg counts further than this mailbox does: it was emptied and made anew meanwhile. */
  continueFrom(n: number): void
}

export function createMailbox(): Mailbox {
  let last = 0
  let bytes = 0
  /** The newest is number `last`, and none is missing between two. */
  const texts: string[] = []

  function dropOldest(): void {
    const oldest = texts.shift()
    if (oldest !== undefined) bytes -= Buffer.byteLength(oldest)
  }

  return {
    get last() {
      return last
    },
    add(write) {
      last += 1
      const text = write(last)
      texts.push(text)
      bytes += Buffer.byteLength(text)
      while (texts.length > MAILBOX_MAX_FRAMES || bytes > MAILBOX_MAX_BYTES) dropOldest()
      return text
    },
    forgetUpTo(n) {
      const handled = n - (last - texts.length)
      for (const text of texts.splice(0, Math.max(0, handled))) bytes -= Buffer.byteLength(text)
    },
    get kept() {
      return [...texts]
    },
    continueFrom(n) {
      if (n <= last) return
      texts.length = 0
      bytes = 0
      last = n
    },
  }
}
