import { setImmediate as nextTurn } from 'node:timers/promises'
import { expect, it } from 'vitest'
import { createAnnouncer, TOLD_TOGETHER } from '#server/feed/announcer.ts'
import type { FeedDelivery } from '#server/feed/feedDelivery.ts'
import { createLocalBus } from '#server/platform/bus/bus.ts'
import { upTo } from '../../support/server/crowd.ts'

const MANY = 2 * TOLD_TOGETHER + 1

const newsAt = (pos: number): FeedDelivery => ({
  userId: `user ${pos}`,
  item: { pos, entry: { kind: 'read', conversationId: '', readSeq: 0, unread: 0 } },
})

it('what many hear of is told in several turns, in its order, and what comes meanwhile after it', async () => {
  const bus = createLocalBus()
  const told: string[] = []
  bus.onPush((userId) => told.push(userId))
  const announce = createAnnouncer(bus)
  announce(upTo(MANY).map(newsAt))
  announce([newsAt(MANY + 1)])
  const counts = [told.length]
  while (told.length < MANY + 1) {
    await nextTurn()
    counts.push(told.length)
  }
  expect(counts).toEqual([TOLD_TOGETHER, 2 * TOLD_TOGETHER, MANY + 1])
  expect(told).toEqual(upTo(MANY + 1).map((n) => `user ${n}`))
})
