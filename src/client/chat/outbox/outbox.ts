import * as v from 'valibot'
import { ERROR_CODES } from '#shared/errors.ts'
import { ConversationId, Uuid, UuidV7 } from '#shared/ids.ts'
import { Mention, Quote } from '#shared/protocol/chat.ts'

/** A message or an edit that was written here and is not known to be with the server. */
export const OutboxItem = v.object({
  /** Also of the message that it becomes: sent twice, it is one [CH1]. */
  id: UuidV7,
  conversationId: ConversationId,
  text: v.string(),
  /** The message whose text it takes the place of; left out: it is a message of its own. */
  edits: v.exactOptional(Uuid),
  /** What it answers. */
  quote: v.exactOptional(Quote),
  /** Whom it mentions. */
  mentions: v.exactOptional(v.array(Mention)),
  /** Counts what was written in this browser: a clock may be set back. Earlier versions kept none. */
  order: v.optional(v.number(), 0),
  /** ms UTC, by the server's clock as far as we know it; when it was last pressed to send. */
  createdAt: v.number(),
  /** Why the server refused it; null while it waits for its turn. */
  failure: v.nullable(v.picklist(ERROR_CODES)),
})
export type OutboxItem = v.InferOutput<typeof OutboxItem>

/** In the order in which they were written [CH7]. */
export function inOrder(items: Iterable<OutboxItem>): readonly OutboxItem[] {
  return [...items].sort(
    (a, b) => a.order - b.order || a.createdAt - b.createdAt || (a.id < b.id ? -1 : 1),
  )
}

/** What is written next comes after all of them. */
export const orderAfter = (items: readonly OutboxItem[]): number =>
  1 + Math.max(0, ...items.map(({ order }) => order))

export const isMessage = ({ edits }: OutboxItem): boolean => edits === undefined

/** What goes out next: the oldest that was not refused [CH7]. */
export function nextOf(items: readonly OutboxItem[]): OutboxItem | undefined {
  return items.find(({ failure }) => failure === null)
}
