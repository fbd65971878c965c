import { QUOTE_MAX_CHARS } from '#shared/limits.ts'
import type { MessageView, Quote } from '#shared/protocol/chat.ts'
import type { FeedEntry } from '#shared/protocol/feed.ts'
import { shortened } from '#shared/text.ts'

type Quoted = Pick<MessageView, 'id' | 'seq' | 'senderId' | 'body' | 'rev'>

/** A message as it is quoted. */
export function quoteOf({ id, seq, senderId, body, rev }: Quoted): Quote {
  const short =
    body.kind === 'text' ? { ...body, text: shortened(body.text, QUOTE_MAX_CHARS) } : body
  return { id, seq, senderId, rev, body: short }
}

/** What an entry tells of a message that may be quoted; null: nothing. */
export function quoteIn(entry: FeedEntry): Quote | null {
  if (entry.kind === 'quoted') return entry.quote
  // Who deletes a message for themselves still reads it in quotes.
  if (entry.kind !== 'changed' || entry.message.body.kind === 'deleted') return null
  return quoteOf(entry.message)
}

/** Of two quotes of one message the newer one; else the one that was there. */
export const newerQuote = (quote: Quote, next: Quote): Quote =>
  next.id === quote.id && next.rev > quote.rev ? next : quote
