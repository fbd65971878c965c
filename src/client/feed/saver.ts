import type { MessageView } from '#shared/protocol/chat.ts'

/** Keeps what is there now, one write at a time; what comes meanwhile goes into the next one. */
export interface Saver {
  save(pos: number, messages: readonly MessageView[]): void
  /** What is not being written yet is not written: it is another's turn. */
  stop(): void
}

/** @param write takes what is there at the moment of the call */
export function createSaver(
  write: (pos: number, messages: readonly MessageView[]) => Promise<void>,
): Saver {
  let wanted: number | null = null
  let isWriting = false
  let isStopped = false
  const messages: MessageView[] = []

  async function run(): Promise<void> {
    isWriting = true
    // What is applied in one turn is written once.
    await Promise.resolve()
    while (wanted !== null && !isStopped) {
      const pos = wanted
      wanted = null
      await write(pos, messages.splice(0))
    }
    isWriting = false
  }

  return {
    save(pos, more) {
      wanted = pos
      messages.push(...more)
      if (!isWriting) void run()
    },
    stop() {
      isStopped = true
    },
  }
}
