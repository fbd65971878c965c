import { uuidv7 } from 'uuidv7'
import { describe, expect, it } from 'vitest'
import * as v from 'valibot'
import { FEED_PAGE, FEED_TTL_MS, TEXT_MAX_CHARS } from '#shared/limits.ts'
import { FeedPage, type FeedEntry } from '#shared/protocol/feed.ts'
import { accountOf, conversationWith } from '../support/server/friends.ts'
import { listen } from '../support/server/listen.ts'
import { createTestApp, type TestApp } from '../support/server/testApp.ts'
import { openRawSocket } from '../support/socket/rawSocket.ts'

async function come(test: TestApp, origin: string, n: number) {
  const tab = await test.demo(n)
  const socket = await openRawSocket({ origin, cookie: tab.cookie })
  await socket.hello()
  const after = async (pos: number | null): Promise<FeedPage> =>
    v.parse(FeedPage, (await socket.ask('feed.get', { after: pos })).body)
  return { tab, socket, after, userId: (await accountOf(tab)).id }
}

/** Two contacts, each with a tab. */
async function createPair() {
  const test = await createTestApp({ env: { MESSAGES_PER_10_SECONDS: '100000' } })
  const origin = await listen(test)
  const [ann, bob] = [await come(test, origin, 1), await come(test, origin, 2)]
  const conversationId = await conversationWith(ann.tab, bob.userId)
  const send = (text: string) => ann.socket.ask('chat.send', { id: uuidv7(), conversationId, text })
  return { test, origin, ann, bob, conversationId, send }
}

/** The entries of a page, or what it is instead. */
const entriesOf = (page: FeedPage): readonly FeedEntry[] | string =>
  page.status === 'items' ? page.items.map(({ entry }) => entry) : page.status
const posOf = (page: FeedPage): readonly number[] | number =>
  page.status === 'items' ? page.items.map(({ pos }) => pos) : page.pos

describe('[CH5] feed.get', () => {
  it('begins with a pos for who has none, and goes on from it', async () => {
    const { bob, send } = await createPair()
    await send('before')
    expect(await bob.after(null)).toEqual({ status: 'reset', pos: 1 })
    await send('after')
    expect(await bob.after(1)).toMatchObject({
      status: 'items',
      items: [{ pos: 2, entry: { kind: 'message', message: { body: { text: 'after' } } } }],
      hasMore: false,
    })
    expect(await bob.after(2)).toEqual({ status: 'items', items: [], hasMore: false })
  })

  it('gives what is pushed, and the same again', async () => {
    const { bob, send } = await createPair()
    await send('hello')
    const { body } = await bob.socket.pushed('feed.item')
    expect(await bob.after(0)).toEqual({ status: 'items', items: [body], hasMore: false })
    expect(await bob.after(0)).toEqual({ status: 'items', items: [body], hasMore: false })
  })

  it('pages', async () => {
    const { test, ann, bob } = await createPair()
    const draft = { between: [ann.userId, bob.userId], senderId: ann.userId } as const
    for (let n = 0; n < FEED_PAGE + 5; n += 1) {
      const body = { kind: 'text', text: `message ${n}` } as const
      await test.app.chat.appendMessage({ ...draft, body, createdAt: n })
    }
    const first = await bob.after(0)
    expect(posOf(first)).toEqual(Array.from({ length: FEED_PAGE }, (_, n) => n + 1))
    expect(first).toMatchObject({ hasMore: true })
    expect(await bob.after(FEED_PAGE)).toMatchObject({ hasMore: false })
    expect(entriesOf(await bob.after(FEED_PAGE))).toHaveLength(5)
  })

  it('keeps a frame small, but never empty', async () => {
    const { bob, send } = await createPair()
    for (let n = 0; n < 60; n += 1) await send('好'.repeat(TEXT_MAX_CHARS))
    const page = await bob.after(0)
    expect(page).toMatchObject({ hasMore: true })
    expect(entriesOf(page).length).toBeGreaterThan(10)
    expect(JSON.stringify(page).length).toBeLessThan(250_000)
  })

  it('says reset to who asks for what is gone, and to who knows more than there is', async () => {
    const { test, bob, send } = await createPair()
    await send('old')
    test.clock.advance(FEED_TTL_MS)
    await send('young')
    await expect
      .poll(() => {
        test.clock.advance(60 * 60 * 1000)
        return test.rows('SELECT pos FROM feed ORDER BY pos')
      })
      .toEqual([{ pos: 2 }, { pos: 2 }])
    expect(await bob.after(0)).toEqual({ status: 'reset', pos: 2 })
    expect(entriesOf(await bob.after(1))).toMatchObject([{ message: { body: { text: 'young' } } }])
    expect(await bob.after(3)).toEqual({ status: 'reset', pos: 2 })
  })

  it('[CH4] is of who asks, and of nobody else', async () => {
    const { test, origin, send } = await createPair()
    const eve = await come(test, origin, 3)
    await send('private')
    expect(await eve.after(null)).toEqual({ status: 'reset', pos: 0 })
    expect(await eve.after(0)).toEqual({ status: 'items', items: [], hasMore: false })
  })
})

describe('[CH6] what has come', () => {
  it('to a device is told to the sender once, when the feed is asked for after it', async () => {
    const { ann, bob, conversationId, send } = await createPair()
    await send('one')
    await send('two')
    await bob.after(0)
    expect(entriesOf(await ann.after(2))).toEqual([])
    await bob.after(1)
    await bob.after(1)
    const receipt = { kind: 'receipt', conversationId, receivedSeq: 1, readSeq: 0 }
    expect(entriesOf(await ann.after(2))).toEqual([receipt])
    await bob.after(2)
    expect(entriesOf(await ann.after(3))).toEqual([{ ...receipt, receivedSeq: 2 }])
    expect((await ann.tab.get('/api/conversations')).body).toMatchObject({
      conversations: [{ peerReceivedSeq: 2, peerReadSeq: 0 }],
    })
  })

  it('is told by no pos that there is not', async () => {
    const { ann, bob, send } = await createPair()
    await send('one')
    await bob.after(Number.MAX_SAFE_INTEGER)
    expect(entriesOf(await ann.after(1))).toEqual([])
  })
})

it('writes the message and what everybody learns of it, or neither', async () => {
  const { test, ann, bob, send } = await createPair()
  const mend = test.breakFeedOf(bob.userId)
  expect(await send('lost?')).toMatchObject({ ok: false, error: { code: 'request/server' } })
  expect(test.rows('SELECT * FROM messages')).toEqual([])
  expect(test.rows('SELECT * FROM feed')).toEqual([])
  mend()
  expect(await send('again')).toMatchObject({ body: { message: { seq: 1 } } })
  expect(posOf(await ann.after(0))).toEqual([1])
})
