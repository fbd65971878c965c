import { uuidv7 } from 'uuidv7'
import { describe, expect, it } from 'vitest'
import type { MessageView } from '#shared/protocol/chat.ts'
import type { FeedPage } from '#shared/protocol/feed.ts'
import type { PresenceView } from '#shared/protocol/presence.ts'
import { callFramesOf, ring, talk } from '../support/calls/rawCall.ts'
import { contactsOf, conversationWith } from '../support/server/friends.ts'
import { createPort, type Member } from '../support/server/port.ts'

const PING = { received: 0 }

const block = (by: Member, who: Member, isBlocked = true) =>
  by.browser.post(`/api/contacts/${who.id}/block`, { isBlocked })

/** Two contacts, of whom the first one can block the second one. */
async function createPair() {
  const port = await createPort()
  const [ann, bob] = [await port.person(1), await port.person(2)]
  const conversationId = await conversationWith(ann.browser, bob.id)
  const send = (by: Member, id = uuidv7()) =>
    by.tab.ask('chat.send', { id, conversationId, text: 'are you there?' })
  const texts = async (who: Member): Promise<number> => {
    const { body } = await who.browser.get(`/api/conversations/${conversationId}/messages`)
    return (body as { messages: MessageView[] }).messages.length
  }
  const seen = async (by: Member, of: Member): Promise<PresenceView | undefined> => {
    const { body } = await by.tab.ask('presence.get', {})
    return (body as { users: PresenceView[] }).users.find(({ userId }) => userId === of.id)
  }
  return { port, ann, bob, conversationId, send, texts, seen }
}

const DIRECTIONS = [
  ['who was blocked', 'bob', 'request/blocked'],
  ['who has blocked', 'ann', 'request/forbidden'],
] as const

describe.each(DIRECTIONS)('[S17] %s', (_, who, code) => {
  it('can write nothing to the other one, until it is taken back', async () => {
    const { ann, bob, send, texts } = await createPair()
    await block(ann, bob)
    expect((await send({ ann, bob }[who])).error).toEqual({ code })
    expect(await texts(ann)).toBe(0)
    await block(ann, bob, false)
    expect((await send({ ann, bob }[who])).ok).toBe(true)
    expect(await texts(bob)).toBe(1)
  })

  it('gets the answer of before to what was sent before [CH1]', async () => {
    const { ann, bob, send } = await createPair()
    const id = uuidv7()
    const first = await send({ ann, bob }[who], id)
    await block(ann, bob)
    expect((await send({ ann, bob }[who], id)).body).toEqual(first.body)
  })

  it('can say nothing by an old message either, but can take it back', async () => {
    const { ann, bob, conversationId, send } = await createPair()
    const id = uuidv7()
    await send({ ann, bob }[who], id)
    await block(ann, bob)
    const { tab } = { ann, bob }[who]
    const place = { id, conversationId }
    expect((await tab.ask('chat.edit', { ...place, text: 'now?' })).error).toEqual({ code })
    const react = { ...place, emoji: '👍', isOn: true }
    expect((await tab.ask('chat.react', react)).error).toEqual({ code })
    expect((await tab.ask('chat.recall', place)).ok).toBe(true)
  })

  it('can’t call the other one', async () => {
    const { ann, bob } = await createPair()
    await block(ann, bob)
    const { tab } = { ann, bob }[who]
    const other = { ann: bob, bob: ann }[who]
    const invite = { callId: uuidv7(), calleeId: other.id, kind: 'audio' }
    expect((await tab.ask('call.invite', invite)).error).toEqual({ code })
    await other.tab.ask('ping', PING)
    expect(callFramesOf(other.tab)).toEqual([])
  })

  it('neither sees that the other one is here nor that they write', async () => {
    const { ann, bob, conversationId, seen } = await createPair()
    const [me, other] = { ann: [ann, bob], bob: [bob, ann] }[who] as [Member, Member]
    expect(await seen(me, other)).toMatchObject({ isOnline: true })
    await block(ann, bob)
    expect(await seen(me, other)).toBeUndefined()
    await other.tab.ask('presence.typing', { conversationId })
    await me.tab.ask('ping', PING)
    const gone = { userId: other.id, isOnline: false, lastSeenAt: null }
    expect(me.tab.presences.at(-1)).toEqual({ type: 'presence.user', body: gone })
    await block(ann, bob, false)
    await expect.poll(() => me.tab.presences.at(-1)?.body).toMatchObject({ isOnline: true })
  })

  it('can’t bring the other one into a group', async () => {
    const { ann, bob } = await createPair()
    await block(ann, bob)
    const other = { ann: bob, bob: ann }[who]
    const group = { id: uuidv7(), name: '', userIds: [other.id] }
    const { error } = await { ann, bob }[who].tab.ask('group.create', group)
    expect(error?.code).toBe('request/forbidden')
  })
})

describe('a block', () => {
  it.each([
    ['who calls', 'caller', 'callee', 'cancelled'],
    ['who is called', 'callee', 'caller', 'rejected'],
  ] as const)('[S17] by %s ends the ringing at once', async (_, who, other, outcome) => {
    const call = await ring(await createPort())
    await block(call[who], call[other])
    for (const { tab } of [call.caller, call.callee]) {
      expect(await tab.pushed('call.closed')).toMatchObject({ body: { outcome } })
    }
  })

  it.each([
    ['caller', 'callee'],
    ['callee', 'caller'],
  ] as const)('[S17] by the %s ends the talk at once', async (who, other) => {
    const call = await talk(await createPort())
    await block(call[who], call[other])
    for (const { tab } of [call.caller, call.callee]) {
      expect(await tab.pushed('call.closed')).toMatchObject({ body: { outcome: 'completed' } })
    }
  })

  it('[S17] leaves a call with somebody else alone', async () => {
    const port = await createPort()
    const { caller, callee } = await talk(port)
    await block(caller, await port.person(3))
    await callee.tab.ask('ping', PING)
    expect(callFramesOf(callee.tab)).not.toContain('call.closed')
  })

  it('is known to all devices of who blocks, and to nobody else; said again it is nothing new', async () => {
    const { ann, bob } = await createPair()
    const kinds = async ({ tab }: Member) => {
      const { items } = (await tab.ask('feed.get', { after: 0 })).body as FeedPage & {
        status: 'items'
      }
      return items.map(({ entry }) => entry.kind)
    }
    const { body } = await block(ann, bob)
    expect(body).toMatchObject({ id: bob.id, isBlocked: true })
    expect((await block(ann, bob)).body).toEqual(body)
    expect(await kinds(ann)).toEqual(['contact'])
    expect(await ann.tab.pushed('feed.item')).toMatchObject({ body: { entry: { contact: body } } })
    expect(await kinds(bob)).toEqual([])
    const blocked = async ({ browser }: Member) =>
      (await contactsOf(browser)).filter(({ isBlocked }) => isBlocked).map(({ id }) => id)
    expect([await blocked(ann), await blocked(bob)]).toEqual([[bob.id], []])
  })

  it('of who is no contact is like of nobody', async () => {
    const { ann } = await createPair()
    for (const id of [ann.id, uuidv7()]) {
      const answer = await ann.browser.post(`/api/contacts/${id}/block`, { isBlocked: true })
      expect(answer).toMatchObject({ status: 404, body: { error: { code: 'request/not-found' } } })
    }
  })
})
