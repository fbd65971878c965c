import * as v from 'valibot'
import { ConversationId } from '../ids.ts'
import { SEARCH_MAX_CHARS } from '../limits.ts'
import { MessageView } from './chat.ts'
import { PlainText } from './text.ts'

const Count = v.pipe(v.string(), v.regex(/^\d{1,15}$/), v.transform(Number))

/**
 * GET /api/messages/search : messages that hold all words of `text`, whatever their case; in one
 * conversation also by kind and time without any text.
 */
export const SearchQuery = v.object({
  text: v.exactOptional(v.pipe(PlainText, v.maxLength(SEARCH_MAX_CHARS))),
  conversationId: v.exactOptional(ConversationId),
  kind: v.exactOptional(v.picklist(['link', 'call'])),
  /** ms UTC: not before the one, and before the other. */
  from: v.exactOptional(Count),
  until: v.exactOptional(Count),
  /** How many of them one has already. */
  skip: v.exactOptional(Count),
})
export type SearchQuery = v.InferOutput<typeof SearchQuery>

/** The newest first; `next`: what to skip for those that come after, null at the end. */
export const SearchPage = v.object({
  messages: v.array(MessageView),
  next: v.nullable(v.number()),
})
export type SearchPage = v.InferOutput<typeof SearchPage>
