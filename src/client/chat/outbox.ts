import * as v from 'valibot'
import { ERROR_CODES } from '#shared/errors.ts'
import { ConversationId, UuidV7 } from '#shared/ids.ts'
import { Mention, Quote } from '#shared/protocol/chat.ts'

/** A text that was written here and is not known to be with the server. */
export const OutboxItem = v.object({
  /** Also of the message that it becomes: sent twice, it is one [CH1]. */
  id: UuidV7,
  conversationId: ConversationId,
  text: v.string(),
  /** What it answers. */
  quote: v.exactOptional(Quote),
  /** Whom it calls on. */
  mentions: v.exactOptional(v.array(Mention)),
  /** ms UTC, by the server's clock as far as we know it; when it was last pressed to send. */
  createdAt: v.number(),
  /** Why the server refused it; null while it waits for its turn. */
  failure: v.nullable(v.picklist(ERROR_CODES)),
})
export type OutboxItem = v.InferOutput<typeof OutboxItem>

/** In the order in which they were written [CH7]. */
export function inOrder(items: Iterable<OutboxItem>): readonly OutboxItem[] {
  return [...items].sort((a, b) => a.createdAt - b.createdAt || (a.id < b.id ? -1 : 1))
}

/** What goes out next: the oldest that was not refused [CH7]. */
export function nextOf(items: readonly OutboxItem[]): OutboxItem | undefined {
  return items.find(({ failure }) => failure === null)
}
