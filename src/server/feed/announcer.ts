import type { Bus } from '#server/platform/bus/bus.ts'
import type { FeedDelivery } from './feedDelivery.ts'

/** So many are told in one turn of the event loop: each is put into words for itself. */
export const TOLD_TOGETHER = 50

/** Tells tabs what has happened, in its order; where many hear of it, in several turns. */
export function createAnnouncer(bus: Bus): (deliveries: readonly FeedDelivery[]) => void {
  const waiting: FeedDelivery[] = []

  function tellSome(): void {
    for (const { userId, item } of waiting.splice(0, TOLD_TOGETHER)) {
      bus.publish(userId, { type: 'feed.item', body: item })
    }
    if (waiting.length > 0) setImmediate(tellSome)
  }

  return (deliveries) => {
    const isIdle = waiting.length === 0
    waiting.push(...deliveries)
    if (isIdle) tellSome()
  }
}
