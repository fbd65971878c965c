import { uuidv7 } from 'uuidv7'
import { describe, expect, it } from 'vitest'
import { TEXT_MAX_CHARS } from '#shared/limits.ts'
import { accountOf, conversationWith } from '../support/server/friends.ts'
import { listen } from '../support/server/listen.ts'
import { createTestApp, type TestApp } from '../support/server/testApp.ts'
import { openRawSocket, type RawSocket } from '../support/socket/rawSocket.ts'

async function come(test: TestApp, origin: string, n: number) {
  const tab = await test.demo(n)
  const { id: userId } = await accountOf(tab)
  const open = async (): Promise<RawSocket> => {
    const socket = await openRawSocket({ origin, cookie: tab.cookie })
    await socket.hello()
    return socket
  }
  return { tab, userId, open, socket: await open() }
}

/** Two contacts with a conversation, and a third person, each with an open tab. */
async function createTrio(env: Record<string, string> = {}) {
  const test = await createTestApp({ env })
  const origin = await listen(test)
  const [ann, bob, eve] = [
    await come(test, origin, 1),
    await come(test, origin, 2),
    await come(test, origin, 3),
  ]
  const conversationId = await conversationWith(ann.tab, bob.userId)
  const messages = () => test.rows('SELECT id, seq, sender_id, body FROM messages ORDER BY seq')
  const draft = (part = {}) => ({ id: uuidv7(), conversationId, text: '你好', ...part })
  return { test, ann, bob, eve, conversationId, messages, draft }
}

describe('chat.send', () => {
  it('[CH2] is on disk before it is acknowledged', async () => {
    const { ann, conversationId, messages, draft } = await createTrio()
    const sent = draft()
    const { body } = await ann.socket.ask('chat.send', sent)
    const onDisk = { id: sent.id, seq: 1, sender_id: ann.userId }
    expect(messages()).toEqual([
      { ...onDisk, body: JSON.stringify({ kind: 'text', text: '你好' }) },
    ])
    expect(body).toMatchObject({
      message: { id: sent.id, conversationId, seq: 1, senderId: ann.userId },
    })
  })

  it('[CH1] [F3] [G2] doubled, repeated, from another tab or with another text, it is one message', async () => {
    const { ann, messages, draft } = await createTrio()
    const sent = draft()
    const other = await ann.open()
    const answers = await Promise.all([
      ann.socket.ask('chat.send', sent),
      ann.socket.ask('chat.send', sent),
      other.ask('chat.send', { ...sent, text: 'something else' }),
    ])
    const [first] = answers
    expect(answers.map(({ body }) => body)).toEqual([first.body, first.body, first.body])
    expect(messages()).toHaveLength(1)
  })

  it.each([
    ['of somebody else', 'bob'],
    ['of oneself elsewhere', 'ann'],
  ] as const)('[CH1] an id %s is a conflict, and changes nothing', async (_, who) => {
    const { ann, bob, eve, messages, draft } = await createTrio()
    const sent = draft()
    await ann.socket.ask('chat.send', sent)
    const before = messages()
    const elsewhere = await conversationWith({ ann, bob }[who].tab, eve.userId)
    const again = { ...sent, conversationId: elsewhere }
    const answer = await { ann, bob }[who].socket.ask('chat.send', again)
    expect(answer.error).toEqual({ code: 'request/conflict', field: 'id' })
    expect(messages()).toEqual(before)
  })

  it('[CH4] [S16] to a conversation of others is the same as to none', async () => {
    const { eve, messages, draft } = await createTrio()
    for (const part of [{}, { conversationId: uuidv7() }]) {
      const answer = await eve.socket.ask('chat.send', draft(part))
      expect(answer.error).toEqual({ code: 'request/not-found' })
    }
    expect(messages()).toEqual([])
  })

  it.each([
    ['body.text', { text: '' }],
    ['body.text', { text: ' \n\t' }],
    ['body.text', { text: '\u200B\u3164\u2800\u202E' }],
    ['body.text', { text: 'x'.repeat(TEXT_MAX_CHARS + 1) }],
    ['body.text', { text: 'a\0b' }],
    ['body.text', { text: '\ud800' }],
    ['body.text', { text: null }],
    ['body.id', { id: '00000000-0000-4000-8000-000000000000' }],
    ['body.conversationId', { conversationId: 'x' }],
  ])('[ER1] refuses what does not fit, naming %s: %j', async (field, part) => {
    const { ann, messages, draft } = await createTrio()
    const answer = await ann.socket.ask('chat.send', draft(part))
    expect(answer.error).toEqual({ code: 'protocol/malformed', field })
    expect(messages()).toEqual([])
  })

  it('takes as many characters as are allowed, whatever JSON makes of them', async () => {
    const { ann, draft } = await createTrio()
    const text = `a${'\u0001'.repeat(TEXT_MAX_CHARS - 1)}`
    expect(await ann.socket.ask('chat.send', draft({ text }))).toMatchObject({ ok: true })
  })

  it('counts what a user sends, not what is repeated, and says when to go on', async () => {
    const { ann, bob, messages, draft } = await createTrio({ MESSAGES_PER_10_SECONDS: '2' })
    const [one, two, three] = [draft(), draft(), draft()]
    for (const sent of [one, two, one, two]) {
      expect(await ann.socket.ask('chat.send', sent)).toMatchObject({ ok: true })
    }
    const { error } = await ann.socket.ask('chat.send', three)
    expect(error?.code).toBe('request/rate-limited')
    expect(error?.retryAfterMs).toBeGreaterThan(0)
    expect(messages()).toHaveLength(2)
    expect(await bob.socket.ask('chat.send', three)).toMatchObject({ ok: true })
  })
})
