import { uuidv7 } from 'uuidv7'
import { describe, expect, it } from 'vitest'
import { EDIT_WINDOW_MS, QUOTE_MAX_CHARS, RECALL_WINDOW_MS } from '#shared/limits.ts'
import type { MessageView } from '#shared/protocol/chat.ts'
import type { FeedItem } from '#shared/protocol/feed.ts'
import { accountOf, conversationWith } from '../support/server/friends.ts'
import { listen } from '../support/server/listen.ts'
import { createTestApp, type TestApp } from '../support/server/testApp.ts'
import { openRawSocket, type RawSocket } from '../support/socket/rawSocket.ts'

async function come(test: TestApp, origin: string, n: number) {
  const tab = await test.demo(n)
  const { id: userId } = await accountOf(tab)
  const socket = await openRawSocket({ origin, cookie: tab.cookie })
  await socket.hello()
  return { tab, userId, socket }
}

/** Two contacts with a conversation, and a third person. */
async function createTrio() {
  const test = await createTestApp()
  const origin = await listen(test)
  const [ann, bob, eve] = [
    await come(test, origin, 1),
    await come(test, origin, 2),
    await come(test, origin, 3),
  ]
  const conversationId = await conversationWith(ann.tab, bob.userId)
  const send = async (socket: RawSocket, text: string, part = {}): Promise<MessageView> => {
    const body = { id: uuidv7(), conversationId, text, ...part }
    return ((await socket.ask('chat.send', body)).body as { message: MessageView }).message
  }
  const page = async (who: typeof ann): Promise<MessageView[]> => {
    const answer = await who.tab.get(`/api/conversations/${conversationId}/messages`)
    return (answer.body as { messages: MessageView[] }).messages
  }
  const feedOf = async (who: typeof ann): Promise<FeedItem[]> => {
    const answer = await who.socket.ask('feed.get', { after: 0 })
    return (answer.body as { items: FeedItem[] }).items
  }
  const changesFor = async (who: typeof ann) =>
    (await feedOf(who)).flatMap(({ entry }) => (entry.kind === 'changed' ? entry : []))
  const quotesFor = async (who: typeof ann) =>
    (await feedOf(who)).flatMap(({ entry }) => (entry.kind === 'quoted' ? entry : []))
  return { test, ann, bob, eve, conversationId, send, page, changesFor, quotesFor }
}

describe('chat.recall', () => {
  it('[CH8] leaves nothing of the text anywhere, and counts no more as unread', async () => {
    const { test, ann, bob, conversationId, send, page, changesFor } = await createTrio()
    const { id } = await send(ann.socket, 'a secret')
    await send(ann.socket, 'stays')
    const { body } = await ann.socket.ask('chat.recall', { id, conversationId })
    const recalled = { kind: 'recalled', byId: ann.userId }
    expect(body).toMatchObject({ message: { id, seq: 1, rev: 1, body: recalled } })
    expect((await page(bob)).map((one) => one.body)).toEqual([
      recalled,
      { kind: 'text', text: 'stays' },
    ])
    expect(await changesFor(bob)).toMatchObject([
      { message: { id, body: recalled }, unread: { readSeq: 0, lastSeq: 2, count: 1 } },
    ])
    expect(JSON.stringify(test.rows('SELECT * FROM messages'))).not.toContain('a secret')
    expect(JSON.stringify(test.rows('SELECT * FROM feed'))).not.toContain('a secret')
  })

  it('[CH8] [S22] is over after two minutes', async () => {
    const { test, ann, conversationId, send } = await createTrio()
    const { id } = await send(ann.socket, 'early')
    test.clock.advance(RECALL_WINDOW_MS + 1)
    const { error } = await ann.socket.ask('chat.recall', { id, conversationId })
    expect(error).toEqual({ code: 'request/too-late' })
  })

  it('[CH8] said again is the same, and nobody hears of it twice', async () => {
    const { ann, bob, conversationId, send, changesFor } = await createTrio()
    const { id } = await send(ann.socket, 'once')
    const first = await ann.socket.ask('chat.recall', { id, conversationId })
    const second = await ann.socket.ask('chat.recall', { id, conversationId })
    expect(second.body).toEqual(first.body)
    expect(await changesFor(bob)).toHaveLength(1)
  })

  it('[CH8] shows in what quotes it, also in a feed that is read later', async () => {
    const { ann, bob, conversationId, send, page, changesFor } = await createTrio()
    const quoted = await send(ann.socket, 'a secret')
    const answer = await send(bob.socket, 'indeed', { replyTo: quoted.id })
    expect(answer.quote).toEqual({
      id: quoted.id,
      seq: 1,
      senderId: ann.userId,
      body: { kind: 'text', text: 'a secret' },
      rev: 0,
    })
    await ann.socket.ask('chat.recall', { id: quoted.id, conversationId })
    const quote = { body: { kind: 'recalled' } }
    expect(await page(ann)).toMatchObject([{}, { id: answer.id, rev: 0, quote }])
    expect(await changesFor(ann)).toMatchObject([{ message: { id: quoted.id, rev: 1 } }])
    expect(JSON.stringify(await changesFor(bob))).not.toContain('a secret')
  })
})

describe('a message that is quoted', () => {
  it('[CH8] costs one row and one entry for each when it changes, however often it is quoted', async () => {
    const { test, ann, bob, conversationId, send, page, changesFor } = await createTrio()
    const { id } = await send(ann.socket, 'teh')
    for (let n = 0; n < 9; n += 1) await send(bob.socket, '?', { replyTo: id })
    const feedSize = () => test.rows('SELECT pos FROM feed').length
    const before = feedSize()
    await ann.socket.ask('chat.edit', { id, conversationId, text: 'the' })
    expect(feedSize() - before).toBe(2)
    expect(test.rows('SELECT id FROM messages WHERE rev > 0')).toEqual([{ id }])
    expect(await changesFor(bob)).toMatchObject([{ message: { id } }])
    const quote = { rev: 1, body: { kind: 'text', text: 'the' } }
    expect((await page(bob)).slice(1)).toMatchObject(Array(9).fill({ quote }))
  })

  it('[CH8] is told as a quote to who has deleted it for themselves, and of its text nothing is kept', async () => {
    const { test, ann, bob, conversationId, send, quotesFor } = await createTrio()
    const { id } = await send(ann.socket, 'first')
    await send(ann.socket, 'so', { replyTo: id })
    await bob.socket.ask('chat.delete', { conversationId, ids: [id] })
    await ann.socket.ask('chat.edit', { id, conversationId, text: 'a secret' })
    expect(await quotesFor(bob)).toMatchObject([{ conversationId, quote: { id, rev: 2 } }])
    await ann.socket.ask('chat.recall', { id, conversationId })
    const recalled = { quote: { id, rev: 3, body: { kind: 'recalled' } } }
    expect(await quotesFor(bob)).toMatchObject([recalled, recalled])
    expect(await quotesFor(ann)).toEqual([])
    expect(JSON.stringify(test.rows('SELECT * FROM feed'))).not.toContain('a secret')
  })
})

describe('chat.edit', () => {
  it('[CH8] keeps the place and a mark, for both and for what quotes it', async () => {
    const { ann, bob, conversationId, send, page } = await createTrio()
    const { id } = await send(ann.socket, 'teh')
    await send(bob.socket, '?', { replyTo: id })
    await ann.socket.ask('chat.edit', { id, conversationId, text: 'the' })
    const body = { kind: 'text', text: 'the' }
    expect(await page(bob)).toMatchObject([
      { id, seq: 1, rev: 1, body, editedAt: expect.any(Number) as number },
      { quote: { id, body } },
    ])
  })

  it('[CH8] [S22] is over after a day, and never for what was recalled', async () => {
    const { test, ann, conversationId, send } = await createTrio()
    const [old, gone] = [await send(ann.socket, 'old'), await send(ann.socket, 'gone')]
    await ann.socket.ask('chat.recall', { id: gone.id, conversationId })
    const edit = { conversationId, text: 'new' }
    expect((await ann.socket.ask('chat.edit', { ...edit, id: gone.id })).error?.code).toBe(
      'request/conflict',
    )
    test.clock.advance(EDIT_WINDOW_MS + 1)
    expect((await ann.socket.ask('chat.edit', { ...edit, id: old.id })).error?.code).toBe(
      'request/too-late',
    )
  })

  it('tells nobody of a text that is the same', async () => {
    const { ann, bob, conversationId, send, changesFor } = await createTrio()
    const { id } = await send(ann.socket, 'same')
    const { body } = await ann.socket.ask('chat.edit', { id, conversationId, text: 'same' })
    expect(body).toMatchObject({ message: { rev: 0 } })
    expect(await changesFor(bob)).toEqual([])
  })
})

describe('chat.react', () => {
  it('is there once for each user and emoji, and gone when it is taken back', async () => {
    const { test, ann, bob, conversationId, send, page } = await createTrio()
    const { id } = await send(ann.socket, 'good news')
    const react = { id, conversationId, emoji: '👍', isOn: true }
    await bob.socket.ask('chat.react', react)
    await bob.socket.ask('chat.react', react)
    test.clock.advance(1)
    await ann.socket.ask('chat.react', react)
    expect(await page(ann)).toMatchObject([
      { reactions: [{ emoji: '👍', userIds: [bob.userId, ann.userId] }] },
    ])
    await bob.socket.ask('chat.react', { ...react, isOn: false })
    expect(await page(bob)).toMatchObject([{ reactions: [{ userIds: [ann.userId] }] }])
  })

  it.each(['', 'a', '👍👍', '<b>', '🇨'])('takes %j for no emoji', async (emoji) => {
    const { ann, conversationId, send } = await createTrio()
    const { id } = await send(ann.socket, 'text')
    const { error } = await ann.socket.ask('chat.react', { id, conversationId, emoji, isOn: true })
    expect(error).toEqual({ code: 'protocol/malformed', field: 'body.emoji' })
  })
})

describe('chat.delete', () => {
  it('is for oneself alone, and keeps the numbers without a gap', async () => {
    const { ann, bob, conversationId, send, page, changesFor } = await createTrio()
    const { id } = await send(bob.socket, 'unwanted')
    await send(bob.socket, 'wanted')
    await ann.socket.ask('chat.delete', { conversationId, ids: [id, uuidv7()] })
    expect(await page(ann)).toMatchObject([{ seq: 1, body: { kind: 'deleted' } }, { seq: 2 }])
    expect(await page(bob)).toMatchObject([{ seq: 1, body: { text: 'unwanted' } }, { seq: 2 }])
    expect(await changesFor(ann)).toMatchObject([{ message: { id, body: { kind: 'deleted' } } }])
    expect(await changesFor(bob)).toEqual([])
  })

  it('stays deleted when the message is changed later', async () => {
    const { ann, bob, conversationId, send, changesFor } = await createTrio()
    const { id } = await send(bob.socket, 'first')
    await ann.socket.ask('chat.delete', { conversationId, ids: [id] })
    await bob.socket.ask('chat.edit', { id, conversationId, text: 'second' })
    expect(JSON.stringify(await changesFor(ann))).not.toContain('second')
  })
})

describe('a message that is not there for one', () => {
  const requests = [
    ['chat.edit', { text: 'mine now' }],
    ['chat.recall', {}],
    ['chat.react', { emoji: '👍', isOn: true }],
  ] as const

  it.each(requests)('[CH4] [S16] %s: of others it is like none', async (type, part) => {
    const { ann, eve, conversationId, send, page } = await createTrio()
    const { id } = await send(ann.socket, 'private')
    const before = await page(ann)
    const elsewhere = await conversationWith(eve.tab, ann.userId)
    for (const ref of [
      { id, conversationId },
      { id, conversationId: elsewhere },
      { id: uuidv7(), conversationId: elsewhere },
    ]) {
      const { error } = await eve.socket.ask(type, { ...ref, ...part })
      expect(error).toEqual({ code: 'request/not-found' })
    }
    expect(await page(ann)).toEqual(before)
  })

  it.each(requests.slice(0, 2))('[CH8] [S22] %s: only by who wrote it', async (type, part) => {
    const { ann, bob, conversationId, send } = await createTrio()
    const { id } = await send(ann.socket, 'hers')
    const { error } = await bob.socket.ask(type, { id, conversationId, ...part })
    expect(error).toEqual({ code: 'request/forbidden' })
  })

  it('[CH4] [S16] nothing of another conversation can be quoted or deleted', async () => {
    const { ann, bob, eve, conversationId, send } = await createTrio()
    const { id } = await send(ann.socket, 'private')
    const elsewhere = await conversationWith(eve.tab, ann.userId)
    const quoting = { id: uuidv7(), conversationId: elsewhere, text: '?', replyTo: id }
    expect((await eve.socket.ask('chat.send', quoting)).error).toEqual({
      code: 'request/not-found',
      field: 'replyTo',
    })
    const { error } = await eve.socket.ask('chat.delete', { conversationId, ids: [id] })
    expect(error).toEqual({ code: 'request/not-found' })
    expect(
      (await bob.socket.ask('chat.delete', { conversationId, ids: [id] })).error,
    ).toBeUndefined()
  })
})

it('a long text is quoted by its beginning, never by half a character', async () => {
  const { ann, send } = await createTrio()
  const { id } = await send(ann.socket, `${'x'.repeat(QUOTE_MAX_CHARS - 1)}😀😀`)
  const { quote } = await send(ann.socket, 'so long', { replyTo: id })
  expect(quote?.body).toEqual({ kind: 'text', text: `${'x'.repeat(QUOTE_MAX_CHARS - 1)}…` })
})
