import type { UserId } from '#shared/ids.ts'
import type { FeedEntry, FeedItem } from '#shared/protocol/feed.ts'

/** Something that a user's devices are to know. */
export interface FeedDraft {
  readonly userId: UserId
  readonly entry: FeedEntry
}

/** A draft with its place in the feed. */
export interface FeedDelivery {
  readonly userId: UserId
  readonly item: FeedItem
}
