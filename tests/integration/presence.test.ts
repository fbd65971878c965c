import { uuidv7 } from 'uuidv7'
import { describe, expect, it } from 'vitest'
import { TYPING_EVERY_MS } from '#shared/limits.ts'
import type { ConversationView } from '#shared/protocol/chat.ts'
import type { PresenceView } from '#shared/protocol/presence.ts'
import { accountOf, conversationWith, newcomer } from '../support/server/friends.ts'
import { listen } from '../support/server/listen.ts'
import { createTestApp, type TestApp } from '../support/server/testApp.ts'
import { openRawSocket, type RawSocket } from '../support/socket/rawSocket.ts'

/** Longer than a page that is reloaded is away. */
const GONE_MS = 6_000

async function come(test: TestApp, origin: string, n: number) {
  const tab = await test.demo(n)
  const { id: userId } = await accountOf(tab)
  const open = async () => {
    const socket = await openRawSocket({ origin, cookie: tab.cookie })
    await socket.hello()
    return socket
  }
  return { tab, userId, open, socket: await open() }
}

async function createPair() {
  const test = await createTestApp()
  const origin = await listen(test)
  const [ann, bob] = [await come(test, origin, 1), await come(test, origin, 2)]
  const conversationId = await conversationWith(ann.tab, bob.userId)
  const seen = async (by: typeof ann, of: typeof ann): Promise<PresenceView | undefined> => {
    const { body } = await by.socket.ask('presence.get', {})
    return (body as { users: PresenceView[] }).users.find(({ userId }) => userId === of.userId)
  }
  /** Close a socket, and wait until the server knows. */
  const close = async (raw: RawSocket): Promise<void> => {
    const before = test.app.gateway.connectionCount
    raw.socket.close()
    await expect.poll(() => test.app.gateway.connectionCount).toBe(before - 1)
  }
  const prefer = (who: typeof ann, wanted: object) => who.socket.ask('presence.prefer', wanted)
  return { test, origin, ann, bob, conversationId, seen, prefer, close }
}

const here = (userId: string) => ({ userId, isOnline: true, lastSeenAt: null })

describe('who is here', () => {
  it('is told to contacts, and when they went, a moment after their last tab', async () => {
    const { test, ann, bob, seen, close } = await createPair()
    expect(await seen(ann, bob)).toEqual(here(bob.userId))
    const second = await bob.open()
    await close(bob.socket)
    test.clock.advance(GONE_MS)
    expect(await seen(ann, bob)).toEqual(here(bob.userId))
    await close(second)
    const closedAt = test.clock.now()
    test.clock.advance(GONE_MS)
    await expect.poll(() => seen(ann, bob)).toMatchObject({ isOnline: false })
    const { lastSeenAt = null } = (await seen(ann, bob)) ?? {}
    expect(lastSeenAt).toBeGreaterThan(closedAt)
    expect(lastSeenAt).toBeLessThan(closedAt + GONE_MS)
  })

  it('[HS8] is who has a socket, however often it has said hello', async () => {
    const { test, ann, bob, seen, close } = await createPair()
    await bob.socket.hello()
    await bob.socket.hello()
    await close(bob.socket)
    test.clock.advance(GONE_MS)
    await expect.poll(() => seen(ann, bob)).toMatchObject({ isOnline: false })
  })

  it('a reload is no coming and going', async () => {
    const { test, ann, bob, close } = await createPair()
    const pushes = () => ann.socket.presences.filter(({ type }) => type === 'presence.user')
    await ann.socket.pushed('presence.user')
    const before = pushes().length
    await close(bob.socket)
    test.clock.advance(1_000)
    const again = await bob.open()
    await again.ask('ping', { received: 0 })
    test.clock.advance(GONE_MS)
    await ann.socket.ask('ping', { received: 0 })
    expect(pushes()).toHaveLength(before)
  })

  it('is shown to nobody who does not show it, and by nobody who does not want to', async () => {
    const { ann, bob, seen, prefer } = await createPair()
    await prefer(bob, { showsPresence: false })
    expect(await seen(ann, bob)).toBeUndefined()
    expect(await seen(bob, ann)).toBeUndefined()
    await prefer(bob, { showsPresence: true })
    expect(await seen(ann, bob)).toEqual(here(bob.userId))
  })

  it('[P4] [S14] is nothing for strangers', async () => {
    const { test, origin, ann } = await createPair()
    const tab = await newcomer(test)
    const socket = await openRawSocket({ origin, cookie: tab.cookie })
    await socket.hello()
    expect((await socket.ask('presence.get', {})).body).toEqual({ users: [] })
    expect(ann.socket.presences.filter(({ type }) => type === 'presence.user')).not.toContainEqual(
      expect.objectContaining({ body: here((await accountOf(tab)).id) }),
    )
  })
})

describe('who is writing', () => {
  const typings = ({ socket }: Awaited<ReturnType<typeof come>>) =>
    socket.presences.filter(({ type }) => type === 'presence.typing')

  it('is told to the other one, not too often', async () => {
    const { test, ann, bob, conversationId } = await createPair()
    await ann.socket.ask('presence.typing', { conversationId })
    await ann.socket.ask('presence.typing', { conversationId })
    await bob.socket.ask('ping', { received: 0 })
    const body = { conversationId, userId: ann.userId }
    expect(typings(bob)).toEqual([{ type: 'presence.typing', body }])
    expect(typings(ann)).toEqual([])
    test.clock.advance(TYPING_EVERY_MS)
    await ann.socket.ask('presence.typing', { conversationId })
    await bob.socket.ask('ping', { received: 0 })
    expect(typings(bob)).toHaveLength(2)
  })

  it.each(['ann', 'bob'] as const)('is not told when %s does not want it', async (who) => {
    const { ann, bob, conversationId, prefer } = await createPair()
    await prefer({ ann, bob }[who], { showsTyping: false })
    await ann.socket.ask('presence.typing', { conversationId })
    await bob.socket.ask('ping', { received: 0 })
    expect(typings(bob)).toEqual([])
  })

  it('[CH4] [S16] in a conversation of others is like in none', async () => {
    const { test, origin, conversationId } = await createPair()
    const eve = await come(test, origin, 3)
    for (const id of [conversationId, uuidv7()]) {
      const { error } = await eve.socket.ask('presence.typing', { conversationId: id })
      expect(error).toEqual({ code: 'request/not-found' })
    }
  })
})

describe('how far one has read', () => {
  it.each(['ann', 'bob'] as const)('is not told when %s does not want it', async (who) => {
    const { ann, bob, conversationId, prefer } = await createPair()
    await prefer({ ann, bob }[who], { showsReading: false })
    await ann.socket.ask('chat.send', { id: uuidv7(), conversationId, text: 'read me' })
    await bob.tab.post(`/api/conversations/${conversationId}/read`, { seq: 1 })
    const { body } = await ann.tab.get('/api/conversations')
    const [view] = (body as { conversations: ConversationView[] }).conversations
    expect(view).toMatchObject({ peerReceivedSeq: 1, peerReadSeq: 0 })
    const feed = JSON.stringify((await ann.socket.ask('feed.get', { after: 0 })).body)
    expect(feed).toContain('"receivedSeq":1')
    expect(feed).not.toContain('"receivedSeq":1,"readSeq":1')
  })
})

describe('presence.prefer', () => {
  it('keeps what is left out, tells all devices, and says nothing twice', async () => {
    const { ann, prefer } = await createPair()
    const preferences = { showsTyping: false, showsPresence: true, showsReading: true }
    expect((await prefer(ann, { showsTyping: false })).body).toEqual({ preferences })
    await prefer(ann, { showsTyping: false })
    expect((await ann.tab.get('/api/preferences')).body).toEqual(preferences)
    const feed = (await ann.socket.ask('feed.get', { after: 0 })).body
    expect(feed).toMatchObject({ items: [{ entry: { kind: 'preferences', preferences } }] })
  })
})
