import { uuidv7 } from 'uuidv7'
import * as v from 'valibot'
import { expect, it } from 'vitest'
import { MessagePage } from '#shared/protocol/chat.ts'
import { SearchPage } from '#shared/protocol/search.ts'
import { createGroup } from '../support/server/group.ts'

type Group = Awaited<ReturnType<typeof createGroup>>
type Member = Group['ann']

/** A group in which Ann has said something that is answered, and has got a reaction. */
async function createTalk() {
  const group = await createGroup()
  const { ann, id } = group
  const ask = async (who: Member, type: string, body: object) => {
    expect(await who.socket.ask(type, { conversationId: id, ...body })).toMatchObject({ ok: true })
  }
  const first = uuidv7()
  await ask(ann, 'chat.send', { id: first, text: 'before' })
  await ask(ann, 'chat.send', { id: uuidv7(), text: 'answer', replyTo: first })
  await ask(ann, 'chat.react', { id: first, emoji: '👍', isOn: true })
  const messagesOf = async ({ tab }: Member) =>
    v.parse(MessagePage, (await tab.get(`/api/conversations/${id}/messages`)).body).messages
  const search = async ({ tab }: Member, text: string) =>
    v
      .parse(SearchPage, (await tab.get(`/api/messages/search?text=${text}`)).body)
      .messages.map((message) => message.id)
  return { ...group, ask, first, messagesOf, search }
}

it.each([
  ['group.remove', ({ ann, bob }: Group) => ({ who: ann, body: { userIds: [bob.id] } })],
  ['group.leave', ({ bob }: Group) => ({ who: bob, body: {} })],
] as const)('[CH11] after %s messages stay as they were then', async (type, partingOf) => {
  const talk = await createTalk()
  const { test, ann, bob, eve, ask, first, messagesOf, search } = talk
  const then = await messagesOf(bob)
  const parting = partingOf(talk)
  await ask(parting.who, type, parting.body)

  for (const text of ['SECRET', 'SECRET too']) await ask(ann, 'chat.edit', { id: first, text })
  await ask(eve, 'chat.react', { id: first, emoji: '👍', isOn: true })
  expect((await messagesOf(bob)).slice(0, then.length)).toEqual(then)
  expect(await search(bob, 'SECRET')).toEqual([])
  expect(await search(eve, 'SECRET')).toEqual([first])
  expect(await messagesOf(eve)).toMatchObject([
    {},
    { body: { text: 'SECRET too' }, reactions: [{ userIds: [ann.id, eve.id] }] },
    { quote: { body: { text: 'SECRET too' } } },
    {},
  ])

  await ask(ann, 'group.add', { userIds: [bob.id] })
  expect(test.rows('SELECT until_seq FROM message_pasts')).toEqual([])
})

it('[CH11] each of those who left one after the other sees what was said when they left', async () => {
  const { ann, bob, eve, ask, first, messagesOf } = await createTalk()
  const textOf = async (who: Member) => (await messagesOf(who))[1]?.body
  await ask(ann, 'chat.edit', { id: first, text: 'one' })
  await ask(ann, 'group.remove', { userIds: [bob.id] })
  await ask(ann, 'chat.edit', { id: first, text: 'two' })
  await ask(ann, 'group.remove', { userIds: [eve.id] })
  await ask(ann, 'chat.edit', { id: first, text: 'three' })
  expect(await textOf(bob)).toMatchObject({ text: 'one' })
  expect(await textOf(eve)).toMatchObject({ text: 'two' })
  expect(await textOf(ann)).toMatchObject({ text: 'three' })
})

it('[CH11] what is recalled after one has left is recalled for them too', async () => {
  const { test, ann, bob, ask, first, messagesOf } = await createTalk()
  await ask(ann, 'group.remove', { userIds: [bob.id] })
  await ask(ann, 'chat.edit', { id: first, text: 'after' })
  expect((await messagesOf(bob))[1]).toMatchObject({ body: { text: 'before' } })
  await ask(ann, 'chat.recall', { id: first })
  expect((await messagesOf(bob))[1]).toMatchObject({ body: { kind: 'recalled' } })
  expect(test.rows('SELECT state FROM message_pasts')).toEqual([])
})

it('keeps nothing of a message while nobody has left', async () => {
  const { test, ann, ask, first } = await createTalk()
  await ask(ann, 'chat.edit', { id: first, text: 'after' })
  expect(test.rows('SELECT state FROM message_pasts')).toEqual([])
})
