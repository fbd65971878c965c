import { uuidv7 } from 'uuidv7'
import { describe, expect, it } from 'vitest'
import * as v from 'valibot'
import { MessagePage, PLAIN_SETTINGS } from '#shared/protocol/chat.ts'
import { createTestApp } from '../support/server/testApp.ts'
import type { Browser } from '../support/server/browser.ts'
import { accountOf, conversationWith, recordPushes } from '../support/server/friends.ts'

const NOT_FOUND = { status: 404, body: { error: { code: 'request/not-found' } } }
const NOBODY = '00000000-0000-4000-8000-000000000000'

/** Two demo accounts, what the first writes to the second, and a third one. */
async function createPair() {
  const test = await createTestApp()
  const [ann, bob, eve] = [await test.demo(1), await test.demo(2), await test.demo(3)]
  const [annId, bobId, eveId] = [
    (await accountOf(ann)).id,
    (await accountOf(bob)).id,
    (await accountOf(eve)).id,
  ]
  const id = await conversationWith(ann, bobId)
  const write = (senderId: string, text: string, messageId = uuidv7()) =>
    test.app.chat.appendMessage({
      between: [annId, bobId],
      senderId,
      body: { kind: 'text', text },
      id: messageId,
      createdAt: test.clock.now(),
    })
  return { test, ann, bob, eve, annId, bobId, eveId, id, write, pushes: recordPushes(test.app) }
}

const pageOf = async (tab: Browser, id: string, query = '') =>
  v.parse(MessagePage, (await tab.get(`/api/conversations/${id}/messages${query}`)).body)
const readUpTo = (tab: Browser, id: string, seq: number) =>
  tab.post(`/api/conversations/${id}/read`, { seq })

describe('appendMessage', () => {
  it('[G3] numbers without gaps, also when many write at once', async () => {
    const { ann, id, annId, bobId, write } = await createPair()
    const texts = Array.from({ length: 20 }, (_, n) => `message ${n}`)
    const written = await Promise.all(
      texts.map((text, n) => write([annId, bobId][n % 2] ?? annId, text)),
    )
    expect(written.map(({ seq }) => seq).sort((a, b) => a - b)).toEqual(texts.map((_, n) => n + 1))
    const { messages } = await pageOf(ann, id)
    expect(messages.map(({ seq }) => seq)).toEqual(texts.map((_, n) => n + 1))
  })

  it('[CH1] sent again under its id is one message, and nobody hears of it twice', async () => {
    const { ann, id, annId, write, pushes } = await createPair()
    const messageId = uuidv7()
    const first = await write(annId, 'once', messageId)
    const again = await Promise.all([1, 2].map(() => write(annId, 'once', messageId)))
    expect(again).toEqual([first, first])
    expect((await pageOf(ann, id)).messages).toEqual([first])
    expect(pushes).toHaveLength(2)
  })

  it("[G2] never takes over somebody else's id", async () => {
    const { annId, bobId, write } = await createPair()
    const { id } = await write(annId, 'mine')
    await expect(write(bobId, 'not yours', id)).rejects.toMatchObject({ code: 'request/conflict' })
  })

  it('tells both, each with the other one’s name', async () => {
    const { annId, bobId, write, pushes } = await createPair()
    const message = await write(annId, 'hello')
    const bai = { id: bobId, nickname: '白露' }
    const an = { id: annId, nickname: '安然' }
    const item = (peer: object) => ({
      type: 'feed.item',
      body: { pos: 1, entry: { kind: 'message', message, peer } },
    })
    expect(pushes).toEqual([
      { userId: annId, push: item(bai) },
      { userId: bobId, push: item(an) },
    ])
  })
})

describe('GET /api/conversations', () => {
  it('lists those with a message, newest first', async () => {
    const { test, ann, annId, bobId, eveId, write } = await createPair()
    expect((await ann.get('/api/conversations')).body).toEqual({ conversations: [] })
    const older = await write(bobId, 'older')
    test.clock.advance(1)
    const newer = await test.app.chat.appendMessage({
      between: [eveId, annId],
      senderId: eveId,
      body: { kind: 'text', text: 'newer' },
      createdAt: test.clock.now(),
    })
    expect((await ann.get('/api/conversations')).body).toEqual({
      conversations: [
        {
          id: newer.conversationId,
          peer: { id: eveId, nickname: '陈晨' },
          group: null,
          settings: PLAIN_SETTINGS,
          lastMessage: newer,
          lastSeq: 1,
          readSeq: 0,
          unread: 1,
          mentionedSeqs: [],
          peerReceivedSeq: 0,
          peerReadSeq: 0,
        },
        {
          id: older.conversationId,
          peer: { id: bobId, nickname: '白露' },
          group: null,
          settings: PLAIN_SETTINGS,
          lastMessage: older,
          lastSeq: 1,
          readSeq: 0,
          unread: 1,
          mentionedSeqs: [],
          peerReceivedSeq: 0,
          peerReadSeq: 0,
        },
      ],
    })
  })
})

describe('GET /api/conversations/:id/messages', () => {
  it('[CH10] pages backwards by fifty, ascending, and knows when it is at the beginning', async () => {
    const { bob, annId, id, write } = await createPair()
    for (let n = 1; n <= 101; n += 1) await write(annId, `message ${n}`)
    const seqs = (page: MessagePage) => page.messages.map(({ seq }) => seq)
    const range = (from: number, to: number) =>
      Array.from({ length: to - from + 1 }, (_, n) => from + n)
    const newest = await pageOf(bob, id)
    expect([seqs(newest), newest.hasMore]).toEqual([range(52, 101), true])
    const middle = await pageOf(bob, id, '?before=52')
    expect([seqs(middle), middle.hasMore]).toEqual([range(2, 51), true])
    const first = await pageOf(bob, id, '?before=2')
    expect([seqs(first), first.hasMore]).toEqual([[1], false])
    expect(await pageOf(bob, id, '?before=1')).toEqual({ messages: [], hasMore: false })
  })

  it.each(['0', '-1', '1.5', 'x', '1e3', '9'.repeat(16), ''])(
    'refuses before=%s',
    async (before) => {
      const { ann, id } = await createPair()
      const answer = await ann.get(`/api/conversations/${id}/messages?before=${before}`)
      expect(answer).toMatchObject({
        status: 400,
        body: { error: { code: 'protocol/malformed', field: 'before' } },
      })
    },
  )
})

describe('POST /api/conversations/:id/read', () => {
  it('[CH6] [CH9] clears the badge in every tab, and shows the sender', async () => {
    const { bob, annId, bobId, id, write, pushes } = await createPair()
    await write(annId, 'one')
    await write(annId, 'two')
    pushes.length = 0
    const position = { conversationId: id, readSeq: 1, unread: 1 }
    expect(await readUpTo(bob, id, 1)).toMatchObject({ status: 200, body: position })
    const receipt = { kind: 'receipt', conversationId: id, receivedSeq: 1, readSeq: 1 }
    const entry = { kind: 'read', ...position, lastSeq: 2 }
    expect(pushes).toMatchObject([
      { userId: annId, push: { body: { pos: 3, entry: receipt } } },
      { userId: bobId, push: { body: { pos: 3, entry } } },
    ])
    expect(await readUpTo(bob, id, 2)).toMatchObject({ body: { readSeq: 2, unread: 0 } })
    expect((await bob.get('/api/conversations')).body).toMatchObject({
      conversations: [{ readSeq: 2, unread: 0 }],
    })
  })

  it('[G8] never goes back, and never beyond the last message', async () => {
    const { bob, annId, id, write } = await createPair()
    for (let n = 1; n <= 3; n += 1) await write(annId, `message ${n}`)
    await readUpTo(bob, id, 2)
    expect(await readUpTo(bob, id, 1)).toMatchObject({ body: { readSeq: 2, unread: 1 } })
    expect(await readUpTo(bob, id, 999)).toMatchObject({ body: { readSeq: 3, unread: 0 } })
    await write(annId, 'later')
    expect((await bob.get('/api/conversations')).body).toMatchObject({
      conversations: [{ readSeq: 3, unread: 1 }],
    })
  })

  it('[CH9] what one sent oneself is never unread', async () => {
    const { ann, annId, bobId, write } = await createPair()
    await write(annId, 'mine')
    await write(bobId, 'theirs')
    await write(annId, 'mine again')
    expect((await ann.get('/api/conversations')).body).toMatchObject({
      conversations: [{ lastSeq: 3, readSeq: 0, unread: 1 }],
    })
  })

  it.each([{}, { seq: -1 }, { seq: 1.5 }, { seq: '1' }, { seq: null }])(
    'refuses %j',
    async (body) => {
      const { ann, id } = await createPair()
      expect(await ann.post(`/api/conversations/${id}/read`, body)).toMatchObject({
        status: 400,
        body: { error: { code: 'protocol/malformed', field: 'seq' } },
      })
    },
  )
})

describe('[CH4] [S16] [S18] a conversation of others', () => {
  it('is the same as none, and stays as it is', async () => {
    const { test, eve, annId, id, write } = await createPair()
    await write(annId, 'private')
    const before = test.rows('SELECT * FROM members ORDER BY 1, 2')
    for (const target of [id, NOBODY]) {
      expect(await eve.get(`/api/conversations/${target}/messages`)).toMatchObject(NOT_FOUND)
      expect(await readUpTo(eve, target, 1)).toMatchObject(NOT_FOUND)
    }
    expect((await eve.get('/api/conversations')).body).toEqual({ conversations: [] })
    expect(test.rows('SELECT * FROM members ORDER BY 1, 2')).toEqual(before)
  })

  it('an id that is none is malformed', async () => {
    const { eve } = await createPair()
    expect(await eve.get('/api/conversations/1/messages')).toMatchObject({
      status: 400,
      body: { error: { code: 'protocol/malformed', field: 'id' } },
    })
  })
})

it('[CH9] counts what is unread among the newest 1,000 messages, and no further back', async () => {
  const { test, ann, id, bobId } = await createPair()
  const rows = Array.from({ length: 1_100 }, (_, at) => {
    const seq = at + 1
    return `('${uuidv7()}', '${id}', ${seq}, '${bobId}', 'text', '{"kind":"text","text":"hi"}', 1, ${seq})`
  })
  // A command line has its limits.
  for (let from = 0; from < rows.length; from += 100) {
    test.execute(`INSERT INTO messages
      (id, conversation_id, seq, sender_id, kind, body, attention, created_at)
      VALUES ${rows.slice(from, from + 100).join()}`)
  }
  test.execute(`UPDATE conversations SET last_seq = 1100 WHERE id = '${id}'`)
  const unread = async () => {
    const { body } = await ann.get('/api/conversations')
    return (body as { conversations: { unread: number }[] }).conversations[0]?.unread
  }
  expect(await unread()).toBe(1_000)
  await readUpTo(ann, id, 400)
  expect(await unread()).toBe(700)
})
