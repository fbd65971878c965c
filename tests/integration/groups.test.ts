import { uuidv7 } from 'uuidv7'
import { describe, expect, it } from 'vitest'
import { ANNOUNCEMENT_MAX_CHARS, FEED_TTL_MS } from '#shared/limits.ts'
import { conversationWith } from '../support/server/friends.ts'
import { createGroup, refused } from '../support/server/group.ts'

describe('group.create', () => {
  it('everybody learns of the group before anything is said in it', async () => {
    const { ann, bob, id, created, entriesOf } = await createGroup()
    expect(created).toMatchObject({ ok: true })
    expect(entriesOf(ann.id)).toEqual(['group', 'message'])
    expect(entriesOf(bob.id)).toEqual(['group', 'message'])
    expect(await bob.conversation()).toMatchObject({
      id,
      peer: null,
      group: { name: '', members: [{ id: ann.id, role: 'owner' }, {}, {}] },
      lastMessage: { body: { kind: 'tip', tip: 'created' } },
      unread: 0,
    })
  })

  it('said again it is one group; under the id of another conversation it is a conflict', async () => {
    const { test, ann, dan, wanted } = await createGroup()
    const before = test.rows('SELECT * FROM messages')
    expect(await ann.socket.ask('group.create', wanted)).toMatchObject({ ok: true })
    const theirs = await dan.socket.ask('group.create', { ...wanted, userIds: [ann.id] })
    expect(theirs).toMatchObject(refused('request/conflict'))
    expect(test.rows('SELECT * FROM messages')).toEqual(before)
  })

  it('under the id of a conversation of two it is a conflict, theirs or not', async () => {
    const { test, ann, bob, eve, wanted } = await createGroup()
    for (const [one, other] of [
      [ann, bob],
      [bob, eve],
    ] as const) {
      const id = await conversationWith(one.tab, other.id)
      const asked = await ann.socket.ask('group.create', { ...wanted, id })
      expect(asked).toMatchObject(refused('request/conflict'))
    }
    expect(test.logged.filter((line) => line.includes('frame failed'))).toEqual([])
  })

  it('[S14] only contacts can be brought in', async () => {
    const { ann, stranger, id } = await createGroup()
    const fresh = { id: uuidv7(), name: '', userIds: [stranger.id] }
    expect(await ann.socket.ask('group.create', fresh)).toMatchObject(refused('request/forbidden'))
    const more = { conversationId: id, userIds: [stranger.id] }
    expect(await ann.socket.ask('group.add', more)).toMatchObject(refused('request/forbidden'))
  })
})

describe('what many are told that is long', () => {
  const text = '好'.repeat(ANNOUNCEMENT_MAX_CHARS)

  it('[CH4] is kept once, and read whole in each feed', async () => {
    const { test, ann, bob, eve, id } = await createGroup()
    const told = await ann.socket.ask('group.announce', { conversationId: id, text })
    expect(told).toMatchObject({ ok: true })
    for (const { socket } of [ann, bob, eve]) {
      const { body } = await socket.ask('feed.get', { after: 0 })
      const kinds = [{ kind: 'group' }, { kind: 'message' }]
      expect(body).toMatchObject({
        items: [
          ...kinds.map((entry) => ({ entry })),
          { entry: { kind: 'groupChanged', change: { announcement: { text } } } },
          { entry: { kind: 'message' } },
        ],
      })
    }
    expect(test.rows('SELECT id FROM shared_entries')).toHaveLength(1)
    expect(test.rows(`SELECT pos FROM feed WHERE entry LIKE '%好好%'`)).toEqual([])
  })

  it('is forgotten with the feeds', async () => {
    const { test, ann, id } = await createGroup()
    await ann.socket.ask('group.announce', { conversationId: id, text })
    test.clock.advance(FEED_TTL_MS)
    await expect
      .poll(() => {
        test.clock.advance(60 * 60 * 1000)
        return test.rows('SELECT id FROM shared_entries')
      })
      .toEqual([])
  })
})

describe('a message in a group', () => {
  it('[CH9] comes to all, and is unread for all but its sender', async () => {
    const { ann, bob, eve, id, say, entriesOf } = await createGroup()
    expect(await say(bob, '你好')).toMatchObject({ ok: true })
    expect((await ann.conversation())?.unread).toBe(1)
    expect((await eve.conversation())?.unread).toBe(1)
    expect((await bob.conversation())?.unread).toBe(0)
    await ann.tab.post(`/api/conversations/${id}/read`, { seq: 2 })
    expect((await ann.conversation())?.unread).toBe(0)
    expect(entriesOf(bob.id)).toEqual(['group', 'message', 'message'])
  })

  it('[CH4] [S18] nobody else can read or write it', async () => {
    const { test, dan, id, say, ann } = await createGroup()
    await say(ann, 'ours')
    const before = test.rows('SELECT * FROM messages')
    expect(await say(dan, 'mine')).toMatchObject(refused('request/not-found'))
    for (const [type, body] of [
      ['group.add', { conversationId: id, userIds: [dan.id] }],
      ['group.leave', { conversationId: id }],
      ['group.rename', { conversationId: id, name: 'mine' }],
    ] as const) {
      expect(await dan.socket.ask(type, body)).toMatchObject(refused('request/not-found'))
    }
    expect((await dan.tab.get(`/api/conversations/${id}/messages`)).status).toBe(404)
    expect(test.rows('SELECT * FROM messages')).toEqual(before)
  })
})

describe('group.add', () => {
  it('who comes later hears what is said from then on', async () => {
    const { ann, bob, dan, id, say, entriesOf } = await createGroup()
    await say(ann, 'before')
    const more = { conversationId: id, userIds: [dan.id] }
    expect(await bob.socket.ask('group.add', more)).toMatchObject({ ok: true })
    await bob.socket.ask('group.add', more)
    await say(dan, 'after')
    expect(await dan.texts(id)).toEqual(['added', 'after'])
    expect(await ann.texts(id)).toEqual(['created', 'before', 'added', 'after'])
    expect(entriesOf(dan.id)).toEqual(['group', 'message', 'message'])
    expect(entriesOf(ann.id).slice(-3)).toEqual(['groupChanged', 'message', 'message'])
  })
})

describe('[S19] who is not in a group', () => {
  it('comes in by nobody but its members, and changes nothing of it', async () => {
    const { test, ann, dan, id } = await createGroup()
    const before = test.rows('SELECT * FROM members')
    const acts = [
      ['group.add', { userIds: [dan.id] }],
      ['group.add', { userIds: [ann.id] }],
      ['group.rename', { name: '我的' }],
      ['group.announce', { text: '我的' }],
      ['group.alias', { alias: '我' }],
      ['group.remove', { userIds: [ann.id] }],
      ['group.role', { userId: dan.id, role: 'owner' }],
      ['group.dissolve', {}],
      ['group.leave', {}],
    ] as const
    for (const [type, body] of acts) {
      const answer = await dan.socket.ask(type, { conversationId: id, ...body })
      expect([type, answer]).toMatchObject([type, refused('request/not-found')])
    }
    expect(test.rows('SELECT * FROM members')).toEqual(before)
  })
})

describe('[CH4] what was said before somebody came in', () => {
  it('can be neither read by a change of it, nor changed, nor quoted', async () => {
    const { ann, bob, dan, id, say, pushes } = await createGroup()
    const said = { id: uuidv7(), conversationId: id }
    await ann.socket.ask('chat.send', { ...said, text: 'a secret' })
    await bob.socket.ask('group.add', { conversationId: id, userIds: [dan.id] })
    const from = pushes.length
    const react = { ...said, emoji: '👍', isOn: true }
    expect(await dan.socket.ask('chat.react', react)).toMatchObject(refused('request/not-found'))
    await ann.socket.ask('chat.edit', { ...said, text: 'another secret' })
    const answer = { id: uuidv7(), conversationId: id, text: 'what?', replyTo: said.id }
    expect(JSON.stringify(await dan.socket.ask('chat.send', answer))).not.toContain('secret')
    await say(bob, 'later')
    expect(await dan.texts(id)).toEqual(['added', 'what?', 'later'])
    const heard = pushes.slice(from).filter(({ userId }) => userId === dan.id)
    expect(heard).toHaveLength(2)
    expect(JSON.stringify(heard)).not.toContain('secret')
  })
})

describe('group.leave', () => {
  it('who has left reads up to then, hears no more, and can do nothing in it', async () => {
    const { ann, bob, id, say, entriesOf } = await createGroup()
    await say(ann, 'before')
    expect(await bob.socket.ask('group.leave', { conversationId: id })).toMatchObject({ ok: true })
    expect(await bob.socket.ask('group.leave', { conversationId: id })).toMatchObject({ ok: true })
    const heard = entriesOf(bob.id)
    await say(ann, 'after')
    expect(entriesOf(bob.id)).toEqual(heard)
    expect(await bob.texts(id)).toEqual(['created', 'before', 'left'])
    expect(await bob.conversation()).toMatchObject({
      lastSeq: 3,
      settings: { isHidden: true },
      unread: 1,
      lastMessage: { body: { tip: 'left' } },
    })
    expect(await say(bob, 'still here')).toMatchObject(refused('request/not-found'))
    const more = { conversationId: id, userIds: [ann.id] }
    expect(await bob.socket.ask('group.add', more)).toMatchObject(refused('request/not-found'))
    expect(await ann.texts(id)).toEqual(['created', 'before', 'left', 'after'])
  })

  it('the owner who leaves hands it to who came first, and may come back as a member', async () => {
    const { ann, bob, eve, id } = await createGroup()
    await ann.socket.ask('group.leave', { conversationId: id })
    const roles = async () =>
      Object.fromEntries(
        ((await eve.conversation())?.group?.members ?? []).map((one) => [one.id, one.role]),
      )
    const [first, second] = [bob.id, eve.id].toSorted()
    expect(await roles()).toEqual({
      [ann.id]: 'gone',
      [first ?? '']: 'owner',
      [second ?? '']: 'member',
    })
    await eve.socket.ask('group.add', { conversationId: id, userIds: [ann.id] })
    expect((await roles())[ann.id]).toBe('member')
    expect(await ann.texts(id)).toEqual(['added'])
  })
})

describe('group.rename', () => {
  it('is for who looks after it, and everybody learns it', async () => {
    const { ann, bob, eve, id, entriesOf } = await createGroup()
    const named = { conversationId: id, name: ' 周末爬山 ' }
    expect(await bob.socket.ask('group.rename', named)).toMatchObject(refused('request/forbidden'))
    await ann.socket.ask('group.rename', named)
    await ann.socket.ask('group.rename', named)
    expect((await eve.conversation())?.group?.name).toBe('周末爬山')
    expect(entriesOf(eve.id)).toEqual(['group', 'message', 'groupChanged', 'message'])
  })

  it('[TX1] takes out of the name what cannot be seen or turns the line', async () => {
    const { ann, eve, id } = await createGroup()
    await ann.socket.ask('group.rename', { conversationId: id, name: '周末\u202E爬\u200B山' })
    expect((await eve.conversation())?.group?.name).toBe('周末爬山')
  })

  it.each([{ name: 'x'.repeat(31) }, { name: 'a\nb' }, { name: '\u3164\u200B' }, {}])(
    '[S23] refuses %j',
    async (part) => {
      const { ann, id } = await createGroup()
      const answer = await ann.socket.ask('group.rename', { conversationId: id, ...part })
      expect(answer).toMatchObject({ error: { code: 'protocol/malformed', field: 'body.name' } })
    },
  )
})
