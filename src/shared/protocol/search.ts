import * as v from 'valibot'
import { ConversationId } from '../ids.ts'
import { SEARCH_MAX_CHARS, SEARCH_SKIP_MAX } from '../limits.ts'
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
  /** ms UTC: not after it; the time of the last one that one has already. */
  before: v.exactOptional(Count),
  /** Leave out the first of them: as many as one has of that time. */
  skip: v.exactOptional(v.pipe(Count, v.maxValue(SEARCH_SKIP_MAX))),
})
export type SearchQuery = v.InferOutput<typeof SearchQuery>

/**
 * The newest first; `next`: where to go on, null at the end. A page may hold less than there is to find,
 * or nothing at all, and say where to go on: a search that takes long is answered bit by bit.
 */
export const SearchPage = v.object({
  messages: v.array(MessageView),
  next: v.nullable(v.object({ before: v.number(), skip: v.number() })),
})
export type SearchPage = v.InferOutput<typeof SearchPage>
