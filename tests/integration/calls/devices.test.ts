import { describe, expect, it } from 'vitest'
import { createHarbour } from '../../support/headless/harbour.ts'
import { comingSince, isQuiet, isTalking, recordsOf, talk } from '../../support/headless/talk.ts'
import { delaying, named } from '../../support/headless/faults.ts'
import { pass, until } from '../../support/server/virtualTime.ts'

/** A caller with one tab, a callee with three. */
async function threeTabs() {
  const harbour = await createHarbour()
  const [ann, bob] = [await harbour.arrive(1), await harbour.arrive(2)]
  const a = await ann.openTab()
  const tabs = [await bob.openTab(), await bob.openTab(), await bob.openTab()] as const
  return { harbour, ann, bob, a, tabs }
}

describe('[F23] a callee with three tabs', () => {
  it('[CA3] rings in all of them', async () => {
    const { bob, a, tabs } = await threeTabs()
    a.dial(bob)
    await until('all to ring', () => tabs.every(({ isRinging }) => isRinging))
    expect(tabs.map(({ media }) => media.tracks.length)).toEqual([0, 0, 0])
  })

  it('[CA5] answered in one stops the others within 300 ms, without a sound of an end', async () => {
    const { bob, a, tabs } = await threeTabs()
    a.dial(bob)
    await until('all to ring', () => tabs.every(({ isRinging }) => isRinging))
    tabs[1].view.accept({ muted: false })
    await pass(300)
    expect(tabs.map(({ isRinging }) => isRinging)).toEqual([false, false, false])
    await until('both to talk', () => isTalking(a, tabs[1]))
    for (const other of [tabs[0], tabs[2]]) {
      expect(other.history).toContain('closing taken')
      expect(other.media.tracks).toEqual([])
    }
  })

  it.each([0, 10, 20, 30, 40, 50])(
    '[CA5] answered in two within %i ms is one call, and the other tab says so',
    async (apartMs) => {
      const { ann, bob, a, tabs } = await threeTabs()
      a.dial(bob)
      await until('all to ring', () => tabs.every(({ isRinging }) => isRinging))
      tabs[0].view.accept({ muted: false })
      await pass(apartMs)
      // It may know by now that it is too late; then the click finds another status.
      tabs[1].view.accept({ muted: false })
      await until('one to talk', () => tabs.some((tab) => isTalking(a, tab)))
      await pass(1_000)
      expect(tabs.filter((tab) => isTalking(a, tab))).toHaveLength(1)
      expect(tabs.filter(({ history }) => history.includes('closing taken'))).toHaveLength(2)
      a.view.hangUp()
      await until('all to be quiet', () => isQuiet(a, ...tabs))
      expect(await recordsOf(ann, bob)).toMatchObject([{ outcome: 'completed' }])
    },
  )

  it('[CA5] where the data channel of one is faster and the server chose the other, talks with that other', async () => {
    const { bob, a, tabs } = await threeTabs()
    a.dial(bob)
    await until('all early connections', () =>
      tabs.every(({ connections }) => connections[0]?.connectionState === 'connected'),
    )
    const [fast, chosen] = tabs
    fast.wire.fate = delaying(named('out', 'call.accept'), 500)
    a.wire.fate = delaying(named('in', 'call.accepted'), 400)
    fast.view.accept({ muted: false })
    await until('the caller to believe the first', () => a.call?.status === 'calling')
    chosen.view.accept({ muted: false })
    await until('both to talk', () => isTalking(a, chosen))
    await until('the first to know', () => fast.history.includes('closing taken'))
    await pass(40_000)
    expect(isTalking(a, chosen)).toBe(true)
  })

  it('[CA6] declined in one ends the ringing in all, and the text becomes a message', async () => {
    const { ann, bob, a, tabs } = await threeTabs()
    a.dial(bob)
    await until('all to ring', () => tabs.every(({ isRinging }) => isRinging))
    tabs[2].view.reject('在开会，一会儿打给你')
    await until('all to be quiet', () => isQuiet(a, ...tabs))
    expect(a.history).toEqual(['waiting', 'closing rejected', 'none'])
    expect(await recordsOf(ann, bob)).toMatchObject([{ outcome: 'rejected' }])
    const { body } = await ann.browser.get('/api/conversations')
    expect(body).toMatchObject({
      conversations: [
        { lastMessage: { senderId: bob.id, body: { text: '在开会，一会儿打给你' } } },
      ],
    })
  })

  it('[CA3] a tab that is opened while it rings rings too, for the time that is left', async () => {
    const { ann, bob, a, tabs } = await threeTabs()
    a.dial(bob)
    await until('all to ring', () => tabs.every(({ isRinging }) => isRinging))
    await pass(30_000, 50)
    const late = await bob.openTab()
    await until('the late one to ring', () => late.isRinging)
    expect(late.call).toMatchObject({
      invitedAt: tabs[0].call?.status === 'coming' && tabs[0].call.invitedAt,
    })
    expect(late.call).toMatchObject({ status: 'coming', invitedAt: comingSince(tabs[0]) })
    await pass(31_000, 50)
    await until('it to be over', () => late.call === null)
    expect(late.history).toEqual(['coming', 'closing unanswered', 'none'])
    expect(await recordsOf(bob, ann)).toMatchObject([{ outcome: 'unanswered' }])
  })

  it('[CA17] whatever arrives before the click, nothing is opened and nothing is sent', async () => {
    const { bob, a, tabs } = await threeTabs()
    a.dial(bob)
    await until('all early connections', () =>
      tabs.every(({ connections }) => connections[0]?.connectionState === 'connected'),
    )
    await pass(5_000)
    const senders = [a, ...tabs].flatMap(({ connections }) =>
      connections.flatMap((one) => one.getSenders().map(({ track }) => track)),
    )
    expect(senders).toEqual(Array(18).fill(null))
    expect(tabs.flatMap(({ media }) => media.tracks)).toEqual([])
  })

  it('who wants no connection before the answer gets none, and talks all the same', async () => {
    const harbour = await createHarbour()
    const [ann, bob] = [await harbour.arrive(1), await harbour.arrive(2)]
    const [a, b] = [await ann.openTab(), await bob.openTab({ early: false })]
    a.dial(bob)
    await until('it to ring', () => b.isRinging && a.call?.status === 'waiting')
    await pass(3_000)
    expect([...a.connections, ...b.connections]).toEqual([])
    b.view.accept({ muted: false })
    await until('both to talk', () => isTalking(a, b))
  })
})

describe('[CA7] who is in a call', () => {
  it('is busy for a third, and notices nothing', async () => {
    const harbour = await createHarbour()
    const [ann, bob, cat] = [
      await harbour.arrive(1),
      await harbour.arrive(2),
      await harbour.arrive(3),
    ]
    const [a, b, c] = [await ann.openTab(), await bob.openTab(), await cat.openTab()]
    const other = await bob.openTab()
    await talk(a, b)
    c.dial(bob)
    await until('the third to know', () => c.history.includes('closing busy'))
    await pass(1_000)
    expect(isTalking(a, b)).toBe(true)
    expect(b.history).toEqual(['coming', 'calling'])
    expect(other.isRinging).toBe(false)
    expect(await recordsOf(cat, bob)).toMatchObject([{ outcome: 'busy' }])
  })

  it('is busy while it only rings, on either side', async () => {
    const harbour = await createHarbour()
    const [ann, bob, cat] = [
      await harbour.arrive(1),
      await harbour.arrive(2),
      await harbour.arrive(3),
    ]
    const [a, b, c] = [await ann.openTab(), await bob.openTab(), await cat.openTab()]
    a.dial(bob)
    await until('it to ring', () => b.isRinging)
    for (const busy of [ann, bob]) {
      c.dial(busy)
      await until('the third to know', () => c.history.at(-1) === 'closing busy')
      await until('the third to be quiet', () => isQuiet(c))
    }
    expect(b.isRinging).toBe(true)
  })
})
