import { QUOTE_MAX_CHARS } from '#shared/limits.ts'
import type { Quote } from '#shared/protocol/chat.ts'
import type { ShownMessage } from './shown.ts'

/** A message as it is quoted; null for one that the server is not known to have. */
export function quoteOf({ id, seq, senderId, body }: ShownMessage): Quote | null {
  if (seq === null) return null
  const isLong = body.kind === 'text' && body.text.length > QUOTE_MAX_CHARS
  return {
    id,
    seq,
    senderId,
    body: isLong
      ? { ...body, text: `${body.text.slice(0, QUOTE_MAX_CHARS).toWellFormed()}…` }
      : body,
  }
}
