import { expect, it } from 'vitest'
import { uuidv7 } from 'uuidv7'
import { createCrowd, entriesOf, upTo } from '../../support/server/crowd.ts'
import { createTestApp } from '../../support/server/testApp.ts'
import { accountOf, contactsOf, newcomer, parseRequestView } from '../../support/server/friends.ts'
import type { Browser } from '../../support/server/browser.ts'

const ask = (tab: Browser, userId: string) =>
  tab.post('/api/contact-requests', { userId, greeting: '你好' })

async function createStrangers(count: number) {
  const test = await createTestApp()
  const tabs = await Promise.all(Array.from({ length: count }, (_, n) => newcomer(test, n)))
  const ids = await Promise.all(tabs.map(async (tab) => (await accountOf(tab)).id))
  const pairs = ids.flatMap((id, n) => ids.slice(n + 1).map((other) => [id, other] as const))
  const tabOf = (id: string): Browser => {
    const tab = tabs[ids.indexOf(id)]
    if (tab === undefined) throw new Error('nobody has this id')
    return tab
  }
  const statuses = () =>
    test.rows('SELECT status FROM contact_requests').map((one) => one['status'])
  return { test, ids, tabs, pairs, tabOf, statuses }
}

it('all who ask each other at once are contacts, each pair with one conversation', async () => {
  const { test, ids, tabs, pairs, tabOf } = await createStrangers(5)
  const before = test.rows('SELECT id FROM conversations').length
  await Promise.all(
    pairs.flatMap(([one, other]) => [ask(tabOf(one), other), ask(tabOf(other), one)]),
  )
  for (const tab of tabs) expect(await contactsOf(tab)).toHaveLength(ids.length - 1)
  expect(test.rows('SELECT id FROM conversations')).toHaveLength(before + pairs.length)
  expect(test.deadlocks()).toBe(0)
})

it('a request that is accepted while it is sent again stays accepted', async () => {
  const { pairs, tabOf, statuses } = await createStrangers(4)
  await Promise.all(
    pairs.map(async ([one, other]) => {
      const { id } = parseRequestView(await ask(tabOf(one), other))
      await Promise.all([
        tabOf(other).post(`/api/contact-requests/${id}/accept`, {}),
        ask(tabOf(one), other),
      ])
    }),
  )
  expect(statuses()).toEqual(pairs.map(() => 'accepted'))
})

it('[S17] who was blocked says nothing more, and a block said twice is told once', async () => {
  const crowd = await createCrowd(2)
  const [ann, bob] = [crowd.one(1), crowd.one(2)]
  const id = await crowd.between(ann, bob)
  const block = (isBlocked: boolean) => ann.tab.post(`/api/contacts/${bob.id}/block`, { isBlocked })
  for (const round of upTo(8)) {
    await Promise.all([
      ...upTo(6).map(() => crowd.say(bob, id)),
      block(true),
      block(true),
      ...upTo(6).map(() => crowd.say(bob, id)),
    ])
    const feed = crowd.feedOf(ann)
    expect(entriesOf(feed, 'contact')).toHaveLength(2 * round - 1)
    expect(feed.at(-1)?.entry.kind).toBe('contact')
    await block(false)
  }
  expect(crowd.test.deadlocks()).toBe(0)
})

it('[CA13] calls of one pair that end at once, before they had a conversation, all have their record', async () => {
  const { test, ids } = await createStrangers(2)
  const [callerId = '', calleeId = ''] = ids
  const closed = (callId: string) => ({
    callId,
    kind: 'audio' as const,
    callerId,
    calleeId,
    outcome: 'busy' as const,
    durationMs: 0,
    closedAt: test.clock.now(),
  })
  const calls = Array.from({ length: 6 }, () => uuidv7())
  await Promise.all(
    calls.flatMap((id) => [id, id]).map((id) => test.app.journal.closed(closed(id))),
  )
  const rows = test.rows(`SELECT seq FROM messages WHERE kind = 'call' ORDER BY seq`)
  expect(rows.map(({ seq }) => seq)).toEqual([1, 2, 3, 4, 5, 6])
})
