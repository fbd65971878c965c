import type { Clock } from '#server/platform/clock.ts'
import type { FrameHandlers } from '#server/platform/gateway/handlers.ts'
import type { Log } from '#server/platform/log/log.ts'
import type { UserId } from '#shared/ids.ts'
import { createFeed as createRecords, type Feed, type FeedOptions } from './feed.ts'

export type { Feed } from './feed.ts'
export type { FeedDelivery, FeedDraft } from './feedDelivery.ts'
export {
  acknowledge,
  findHead,
  findReceived,
  lockHeads,
  type Received,
} from './feedHeadRepository.ts'
export type { FeedMessages } from './feedMessages.ts'

const PRUNE_MS = 60 * 60 * 1000

/** Build the room: a feed that is pruned every hour. */
export function createFeed(options: FeedOptions & { clock: Clock; log: Log }): Feed {
  const feed = createRecords(options)
  pruneHourly(feed, options)
  return feed
}

/** @param onReached a device has everything up to that pos */
export const createFeedHandlers = (
  feed: Feed,
  onReached: (userId: UserId, pos: number) => Promise<void>,
): Pick<FrameHandlers, 'feed.get'> => ({
  'feed.get': async ({ userId }, { after }) => {
    const page = await feed.page(userId, after)
    if (after !== null && page.status !== 'reset') await onReached(userId, after)
    return page
  },
})

/** Prunes the feeds an hour after the last time it was done. */
function pruneHourly(feed: Feed, options: { clock: Clock; log: Log }): void {
  const { clock, log } = options
  clock.after(PRUNE_MS, () => {
    void feed
      .prune()
      .catch((err: unknown) => {
        log.error({ err }, 'pruning the feeds failed')
      })
      .then(() => {
        pruneHourly(feed, options)
      })
  })
}
