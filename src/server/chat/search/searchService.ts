import { AppError } from '#shared/errors.ts'
import type { UserId } from '#shared/ids.ts'
import { SEARCH_PAGE, SEARCH_SKIP_MAX } from '#shared/limits.ts'
import type { SearchPage, SearchQuery } from '#shared/protocol/search.ts'
import type { Database } from '#server/platform/database/database.ts'
import type { Limiter } from '#server/platform/limits/limiter.ts'
import type { TakeTurn } from '#server/platform/turns.ts'
import { findMessages } from '../messages/messageRepository.ts'
import type { Wanted } from './hitRepository.ts'
import { merge } from './merge.ts'
import { findPlaces } from './placeRepository.ts'
import { conditionsOf, wordsOf } from './terms.ts'
import { Walk } from './walk.ts'

export interface SearchOptions {
  db: Database
  takeTurn: TakeTurn
  /** Searches of a user. */
  searches: Limiter
}

/**
 * Find messages that a user may read, the newest first [CH4].
 * @throws AppError `protocol/malformed` when nothing is asked for, `request/rate-limited`
 */
export const createSearch =
  ({ db, takeTurn, searches }: SearchOptions) =>
  async (userId: UserId, query: SearchQuery): Promise<SearchPage> => {
    const words = [...new Set(wordsOf(query.text ?? ''))]
    requireQuestion(query, words)
    await searches.take(userId)
    const looking = { db, takeTurn, conditions: conditionsOf(words) }
    const wanted = wantedBy(userId, query, words)
    const places = await findPlaces(db, userId, query.conversationId ?? null)
    const walks = places.map((place) => new Walk(looking, wanted, place))
    const { skip = 0 } = query
    const { hits, next } = await merge(walks, { skip, count: SEARCH_PAGE, takeTurn })
    const ids = hits.map(({ id }) => id)
    const found = await findMessages(db, ids, userId)
    return {
      messages: ids.flatMap((id) => found.get(id) ?? []),
      next: next !== null && next.skip > SEARCH_SKIP_MAX ? null : next,
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

function wantedBy(
  viewer: UserId,
  { kind, from, until = Infinity, before = Infinity }: SearchQuery,
  words: readonly string[],
): Wanted {
  const isText = words.length > 0 || kind === 'link'
  const upTo = Math.min(until - 1, before)
  return {
    viewer,
    words,
    kind: isText ? 'text' : (kind ?? null),
    hasLink: kind === 'link',
    from: from ?? null,
    upTo: upTo === Infinity ? null : upTo,
  }
}
