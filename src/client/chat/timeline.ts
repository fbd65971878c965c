import type { ShownMessage } from './shown.ts'

/** Messages further apart than this get the time between them. */
const PAUSE_MS = 5 * 60 * 1000

export interface TimelineEntry {
  readonly message: ShownMessage
  /** The time stands above it. */
  readonly hasTime: boolean
}

/** Messages in their order, with the places where the time is shown. */
export function timelineOf(messages: readonly ShownMessage[]): readonly TimelineEntry[] {
  return messages.map((message, index) => {
    const before = messages[index - 1]
    return {
      message,
      hasTime: before === undefined || message.createdAt - before.createdAt > PAUSE_MS,
    }
  })
}
