import type { ErrorCode } from '#shared/errors.ts'

/** A text that was written here and is not known to be with the server. */
export interface OutboxItem {
  /** Also of the message that it becomes: sent twice, it is one [CH1]. */
  readonly id: string
  readonly conversationId: string
  readonly text: string
  /** ms UTC, by the server's clock as far as we know it. */
  readonly createdAt: number
  /** Why the server refused it; null while it waits for its turn. */
  readonly failure: ErrorCode | null
}

/** What goes out next: the oldest that was not refused [CH7]. */
export function nextOf(items: readonly OutboxItem[]): OutboxItem | undefined {
  return items.find(({ failure }) => failure === null)
}

/** With one item as it now is. */
export function withItem(items: readonly OutboxItem[], item: OutboxItem): readonly OutboxItem[] {
  return items.map((one) => (one.id === item.id ? item : one))
}

/** Once more, behind everything that was written meanwhile. */
export function retried(items: readonly OutboxItem[], id: string): readonly OutboxItem[] {
  const item = items.find((one) => one.id === id)
  if (item === undefined) return items
  return [...items.filter((one) => one !== item), { ...item, failure: null }]
}
