import type { UserId } from '#shared/ids.ts'
import type { MessageView, Quote } from '#shared/protocol/chat.ts'
import type { Database } from '#server/platform/database/database.ts'

/** The messages that entries are about: the feed keeps only their ids, since a message may be recalled. */
export interface FeedMessages {
  /** As the viewer sees them now, by id. */
  find: (
    db: Database,
    ids: readonly string[],
    viewer: UserId,
  ) => Promise<ReadonlyMap<string, MessageView>>
  /** As they are quoted to the viewer now, by id. */
  findQuotes: (
    db: Database,
    ids: readonly string[],
    viewer: UserId,
  ) => Promise<ReadonlyMap<string, Quote>>
}
