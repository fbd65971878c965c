import { AppError } from '#shared/errors.ts'
import type { UserId } from '#shared/ids.ts'
import { SEARCH_PAGE } from '#shared/limits.ts'
import type { MessageView } from '#shared/protocol/chat.ts'
import type { SearchPage, SearchQuery } from '#shared/protocol/search.ts'
import type { Database } from '#server/platform/database/database.ts'
import type { Limiter } from '#server/platform/limits/limiter.ts'
import { findMessages } from '../messageRepository.ts'
import type { Indexer } from './indexer.ts'
import { findHits } from './searchRepository.ts'
import { conditionsOf, holds, wordsOf } from './terms.ts'

export interface SearchOptions {
  db: Database
  indexer: Pick<Indexer, 'catchUp'>
  /** Searches of a user. */
  searches: Limiter
}

/**
 * Find messages that a user may read, the newest first [CH4].
 * @throws AppError `protocol/malformed` when nothing is asked for, `request/rate-limited`
 */
export const createSearch =
  ({ db, indexer, searches }: SearchOptions) =>
  async (userId: UserId, query: SearchQuery): Promise<SearchPage> => {
    const words = wordsOf(query.text ?? '')
    requireQuestion(query, words)
    await searches.take(userId)
    await indexer.catchUp(userId)
    const { skip = 0 } = query
    const hits = { ...hitsOf(query, words), reader: userId, skip, count: SEARCH_PAGE + 1 }
    const ids = await findHits(db, hits)
    const found = await findMessages(db, ids.slice(0, SEARCH_PAGE), userId)
    const messages = ids.flatMap((id) => found.get(id) ?? [])
    return {
      messages: messages.filter(({ body }) => words.length === 0 || isHit(body, words)),
      next: ids.length > SEARCH_PAGE ? skip + SEARCH_PAGE : null,
    }
  }

/** Without a text one asks for a kind or a time, in one conversation. */
function requireQuestion(
  { conversationId, kind, from }: SearchQuery,
  words: readonly string[],
): void {
  const isNarrow = conversationId !== undefined && (kind ?? from) !== undefined
  if (words.length === 0 && !isNarrow) throw new AppError('protocol/malformed', { field: 'text' })
}

function hitsOf({ conversationId, kind, from, until }: SearchQuery, words: readonly string[]) {
  const isText = words.length > 0 || kind === 'link'
  return {
    conditions: conditionsOf(words),
    conversationId: conversationId ?? null,
    kind: isText ? ('text' as const) : (kind ?? null),
    hasLink: kind === 'link',
    from: from ?? null,
    until: until ?? null,
  }
}

const isHit = (body: MessageView['body'], words: readonly string[]): boolean =>
  body.kind === 'text' && holds(body.text, words)
