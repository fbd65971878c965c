import * as v from 'valibot'
import { describe, expect, it } from 'vitest'
import { createGroup, refused } from '../support/server/group.ts'

describe('group.role', () => {
  it('[S19] the owner makes admins, and hands it over: then they are an admin themselves', async () => {
    const { ann, bob, eve, id } = await createGroup()
    const role = (who: typeof ann, userId: string, wanted: string) =>
      who.socket.ask('group.role', { conversationId: id, userId, role: wanted })
    const roles = async () =>
      ((await eve.conversation())?.group?.members ?? []).map(
        (member) => [member.id, member.role] as const,
      )

    expect(await role(bob, bob.id, 'admin')).toMatchObject(refused('request/forbidden'))
    expect(await role(ann, bob.id, 'admin')).toMatchObject({ ok: true })
    expect(await role(bob, eve.id, 'admin')).toMatchObject(refused('request/forbidden'))
    expect(await role(ann, ann.id, 'member')).toMatchObject(refused('request/conflict'))
    expect(await role(ann, eve.id, 'owner')).toMatchObject({ ok: true })
    expect(new Map(await roles())).toEqual(
      new Map([
        [ann.id, 'admin'],
        [bob.id, 'admin'],
        [eve.id, 'owner'],
      ]),
    )
    expect(await role(eve, bob.id, 'member')).toMatchObject({ ok: true })
    const tips = ['created', 'promoted', 'handedOver', 'demoted']
    expect(await bob.texts(id)).toEqual(tips)
  })

  it('said again nobody hears of it; who is not in it has none', async () => {
    const { ann, bob, dan, id, entriesOf } = await createGroup()
    const promote = { conversationId: id, userId: bob.id, role: 'admin' }
    await ann.socket.ask('group.role', promote)
    const heard = entriesOf(bob.id)
    expect(await ann.socket.ask('group.role', promote)).toMatchObject({ ok: true })
    expect(entriesOf(bob.id)).toEqual(heard)
    const other = await ann.socket.ask('group.role', { ...promote, userId: dan.id })
    expect(other).toMatchObject(refused('request/not-found'))
    const foreign = await dan.socket.ask('group.role', promote)
    expect(foreign).toMatchObject(refused('request/not-found'))
  })
})

describe('group.remove', () => {
  it('[CH4] who was taken out reads up to then, and hears no more', async () => {
    const { ann, bob, eve, id, say, entriesOf } = await createGroup()
    const remove = { conversationId: id, userIds: [bob.id] }
    expect(await ann.socket.ask('group.remove', remove)).toMatchObject({ ok: true })
    const heard = entriesOf(bob.id)
    await say(ann, 'after')
    expect(entriesOf(bob.id)).toEqual(heard)
    expect(await bob.texts(id)).toEqual(['created', 'removed'])
    expect(await say(bob, 'hello')).toMatchObject(refused('request/not-found'))
    expect(await eve.texts(id)).toEqual(['created', 'removed', 'after'])
    expect(await ann.socket.ask('group.remove', remove)).toMatchObject({ ok: true })
    expect(await eve.texts(id)).toHaveLength(3)
  })

  type Group = Awaited<ReturnType<typeof createGroup>>
  it.each([
    ['group.remove', ({ ann, bob }: Group) => ({ who: ann, body: { userIds: [bob.id] } })],
    ['group.leave', ({ bob }: Group) => ({ who: bob, body: {} })],
  ] as const)(
    '[CH11] after %s the group is shown as it was then, until one is back',
    async (type, partingOf) => {
      const group = await createGroup()
      const { test, ann, bob, eve, dan, id } = group
      const ask = async (who: typeof ann, what: string, body: object) => {
        expect(await who.socket.ask(what, { conversationId: id, ...body })).toMatchObject({
          ok: true,
        })
      }
      await ask(ann, 'group.rename', { name: 'before' })
      const parting = partingOf(group)
      await ask(parting.who, type, parting.body)
      const then = (await ann.conversation())?.group
      await ask(ann, 'group.rename', { name: 'after' })
      await ask(ann, 'group.announce', { text: 'not for bob' })
      await ask(ann, 'group.add', { userIds: [dan.id] })
      await ask(ann, 'group.role', { userId: eve.id, role: 'admin' })
      await ask(eve, 'group.alias', { alias: 'Evi' })
      expect((await bob.conversation())?.group).toEqual(then)
      await ask(ann, 'group.add', { userIds: [bob.id] })
      expect((await bob.conversation())?.group).toMatchObject({ name: 'after' })
      expect(test.rows('SELECT left_seq FROM group_pasts')).toEqual([])
      await ask(ann, 'group.remove', { userIds: [bob.id] })
      await ask(ann, 'group.dissolve', {})
      const members = (await bob.conversation())?.group?.members ?? []
      expect(members.filter(({ role }) => role === 'gone').map((one) => one.id)).toEqual([bob.id])
    },
  )

  it('[S19] an admin takes out members, no admins and not the owner', async () => {
    const { ann, bob, eve, id } = await createGroup()
    const remove = (who: typeof ann, userId: string) =>
      who.socket.ask('group.remove', { conversationId: id, userIds: [userId] })
    expect(await remove(bob, eve.id)).toMatchObject(refused('request/forbidden'))
    for (const userId of [bob.id, eve.id]) {
      await ann.socket.ask('group.role', { conversationId: id, userId, role: 'admin' })
    }
    expect(await remove(bob, eve.id)).toMatchObject(refused('request/forbidden'))
    expect(await remove(bob, ann.id)).toMatchObject(refused('request/forbidden'))
    await ann.socket.ask('group.role', { conversationId: id, userId: eve.id, role: 'member' })
    expect(await remove(bob, eve.id)).toMatchObject({ ok: true })
  })
})

describe('group.dissolve', () => {
  it('nobody is in it any more, and everybody keeps what was said', async () => {
    const { ann, bob, id, say } = await createGroup()
    await say(bob, 'hello')
    const dissolve = { conversationId: id }
    expect(await bob.socket.ask('group.dissolve', dissolve)).toMatchObject(
      refused('request/forbidden'),
    )
    expect(await ann.socket.ask('group.dissolve', dissolve)).toMatchObject({ ok: true })
    expect(await ann.socket.ask('group.dissolve', dissolve)).toMatchObject({ ok: true })
    expect(await bob.texts(id)).toEqual(['created', 'hello', 'dissolved'])
    expect(await say(ann, 'still there?')).toMatchObject(refused('request/not-found'))
    const members = (await bob.conversation())?.group?.members ?? []
    expect(members.map(({ role }) => role)).toEqual(['gone', 'gone', 'gone'])
    const back = { conversationId: id, userIds: [bob.id] }
    expect(await ann.socket.ask('group.add', back)).toMatchObject(refused('request/not-found'))
  })
})

describe('group.announce', () => {
  it('[S19] is for who looks after it; everybody has it, until there is another', async () => {
    const { ann, bob, eve, id } = await createGroup()
    const announce = (who: typeof ann, text: string) =>
      who.socket.ask('group.announce', { conversationId: id, text })
    expect(await announce(bob, '周六八点')).toMatchObject(refused('request/forbidden'))
    expect(await announce(ann, '\n  周六八点\n东门 \n')).toMatchObject({ ok: true })
    expect((await eve.conversation())?.group?.announcement).toMatchObject({
      text: '  周六八点\n东门',
      byId: ann.id,
    })
    await announce(ann, '  周六八点\n东门')
    await announce(ann, '')
    expect((await eve.conversation())?.group?.announcement).toBeNull()
    expect(await bob.texts(id)).toEqual(['created', 'announced'])
    const long = await announce(ann, 'x'.repeat(2001))
    expect(long).toMatchObject(refused('protocol/malformed'))
  })
})

describe('group.alias', () => {
  it('somebody is called in it as they want, and says so to all', async () => {
    const { bob, eve, id, entriesOf } = await createGroup()
    const call = (alias: string) => bob.socket.ask('group.alias', { conversationId: id, alias })
    expect(await call('队长')).toMatchObject({ ok: true })
    const heard = entriesOf(eve.id)
    expect(await call('队长')).toMatchObject({ ok: true })
    expect(entriesOf(eve.id)).toEqual(heard)
    const members = (await eve.conversation())?.group?.members ?? []
    expect(members.find((member) => member.id === bob.id)).toMatchObject({ alias: '队长' })
    expect(await call('\u2060')).toMatchObject(refused('protocol/malformed'))
    expect(await call('x'.repeat(21))).toMatchObject(refused('protocol/malformed'))
  })
})

describe('[CH8] [S22] a recall in a group', () => {
  it('is for who looks after it, of those below them, at any time', async () => {
    const { test, ann, bob, eve, id, say } = await createGroup()
    const sent = async (who: typeof ann) => {
      await say(who, 'said')
      const rows = test.rows('SELECT id FROM messages ORDER BY seq DESC LIMIT 1')
      return v.parse(v.object({ id: v.string() }), rows[0]).id
    }
    const recall = (who: typeof ann, messageId: string) =>
      who.socket.ask('chat.recall', { id: messageId, conversationId: id })
    const [ofAnn, ofBob, ofEve] = [await sent(ann), await sent(bob), await sent(eve)]
    test.clock.advance(60 * 60_000)
    expect(await recall(bob, ofEve)).toMatchObject(refused('request/forbidden'))
    expect(await recall(bob, ofBob)).toMatchObject(refused('request/too-late'))
    await ann.socket.ask('group.role', { conversationId: id, userId: bob.id, role: 'admin' })
    expect(await recall(bob, ofAnn)).toMatchObject(refused('request/forbidden'))
    expect(await recall(bob, ofEve)).toMatchObject({
      ok: true,
      body: { message: { body: { kind: 'recalled', byId: bob.id } } },
    })
    expect(await recall(bob, ofBob)).toMatchObject({ ok: true })
    expect(await recall(ann, ofAnn)).toMatchObject({ ok: true })
  })
})
