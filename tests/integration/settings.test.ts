import { uuidv7 } from 'uuidv7'
import { describe, expect, it } from 'vitest'
import { PLAIN_SETTINGS, type ConversationView, type MessageView } from '#shared/protocol/chat.ts'
import type { FeedItem } from '#shared/protocol/feed.ts'
import { accountOf, conversationWith } from '../support/server/friends.ts'
import { listen } from '../support/server/listen.ts'
import { createTestApp, type TestApp } from '../support/server/testApp.ts'
import { openRawSocket } from '../support/socket/rawSocket.ts'

async function come(test: TestApp, origin: string, n: number) {
  const tab = await test.demo(n)
  const socket = await openRawSocket({ origin, cookie: tab.cookie })
  await socket.hello()
  return { tab, socket, userId: (await accountOf(tab)).id }
}

async function createPair() {
  const test = await createTestApp()
  const origin = await listen(test)
  const [ann, bob] = [await come(test, origin, 1), await come(test, origin, 2)]
  const conversationId = await conversationWith(ann.tab, bob.userId)
  const send = (who: typeof ann, text: string) =>
    who.socket.ask('chat.send', { id: uuidv7(), conversationId, text })
  const ask = (who: typeof ann, wanted: object) =>
    who.socket.ask('chat.settings', { conversationId, ...wanted })
  const viewOf = async (who: typeof ann): Promise<ConversationView | undefined> => {
    const { body } = await who.tab.get('/api/conversations')
    return (body as { conversations: ConversationView[] }).conversations[0]
  }
  const kindsFor = async (who: typeof ann): Promise<string[]> => {
    const { body } = await who.socket.ask('feed.get', { after: 0 })
    return (body as { items: FeedItem[] }).items.map(({ entry }) => entry.kind)
  }
  return { test, origin, ann, bob, conversationId, send, ask, viewOf, kindsFor }
}

describe('chat.settings', () => {
  it('changes what is asked for, for that user alone, on all devices', async () => {
    const { ann, bob, send, ask, viewOf, kindsFor } = await createPair()
    await send(bob, 'hello')
    const settings = { ...PLAIN_SETTINGS, isPinned: true, isMuted: true }
    await ask(ann, { isPinned: true })
    expect((await ask(ann, { isMuted: true })).body).toEqual({ settings })
    expect((await viewOf(ann))?.settings).toEqual(settings)
    expect((await viewOf(bob))?.settings).toEqual(PLAIN_SETTINGS)
    expect(await kindsFor(ann)).toEqual(['message', 'settings', 'settings'])
    expect(await kindsFor(bob)).not.toContain('settings')
  })

  it('said again changes nothing, and nobody hears of it', async () => {
    const { ann, send, ask, kindsFor } = await createPair()
    await send(ann, 'hello')
    await ask(ann, { isMuted: true })
    await ask(ann, { isMuted: true })
    expect((await kindsFor(ann)).filter((kind) => kind === 'settings')).toHaveLength(1)
  })

  it('what is hidden comes back with the next message, whoever writes it', async () => {
    const { ann, bob, send, ask, viewOf, kindsFor } = await createPair()
    await send(bob, 'first')
    await ask(ann, { isHidden: true })
    expect((await viewOf(ann))?.settings.isHidden).toBe(true)
    await send(bob, 'second')
    expect((await viewOf(ann))?.settings.isHidden).toBe(false)
    expect(await kindsFor(ann)).toEqual(['message', 'settings', 'message', 'settings'])
  })

  it('[CH9] what is cleared is gone for that user alone, and read; it never comes back', async () => {
    const { ann, bob, conversationId, send, ask, viewOf } = await createPair()
    await send(bob, 'first')
    await send(bob, 'second')
    await ask(ann, { clearedSeq: 99 })
    expect(await viewOf(ann)).toMatchObject({
      lastMessage: null,
      unread: 0,
      readSeq: 2,
      settings: { clearedSeq: 2 },
    })
    await ask(ann, { clearedSeq: 1 })
    await send(bob, 'third')
    const page = async (who: typeof ann): Promise<MessageView[]> => {
      const { body } = await who.tab.get(`/api/conversations/${conversationId}/messages`)
      return (body as { messages: MessageView[] }).messages
    }
    expect((await page(ann)).map(({ seq }) => seq)).toEqual([3])
    expect((await page(bob)).map(({ seq }) => seq)).toEqual([1, 2, 3])
    expect(await viewOf(ann)).toMatchObject({ unread: 1, lastMessage: { seq: 3 } })
  })

  it('[CH4] [S16] of a conversation of others is like one of none', async () => {
    const { test, origin, conversationId, ask } = await createPair()
    const eve = await come(test, origin, 3)
    expect((await ask(eve, { isMuted: true })).error).toEqual({ code: 'request/not-found' })
    const none = { conversationId: uuidv7(), isMuted: true }
    expect((await eve.socket.ask('chat.settings', none)).error).toEqual({
      code: 'request/not-found',
    })
    expect(test.rows('SELECT * FROM members WHERE muted = 1')).toEqual([])
    expect(conversationId).toBeTypeOf('string')
  })
})
