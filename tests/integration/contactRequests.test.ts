import { describe, expect, it } from 'vitest'
import { createTestApp, type TestApp } from '../support/server/testApp.ts'
import type { Browser } from '../support/server/browser.ts'
import {
  accountOf,
  contactsOf,
  newcomer,
  parseRequestView,
  recordPushes,
} from '../support/server/friends.ts'
import { anyNumber, anyString } from '../support/server/matching.ts'

const DAY_MS = 24 * 60 * 60 * 1000
const NOT_FOUND = { status: 404, body: { error: { code: 'request/not-found' } } }
const CONFLICT = { status: 409, body: { error: { code: 'request/conflict' } } }

async function createStrangers() {
  const test = await createTestApp()
  const [ann, bob] = [await newcomer(test, 1), await newcomer(test, 2)]
  const [annId, bobId] = [(await accountOf(ann)).id, (await accountOf(bob)).id]
  return { test, ann, bob, annId, bobId, pushes: recordPushes(test.app) }
}

const ask = async (tab: Browser, userId: string, greeting = '你好') =>
  tab.post('/api/contact-requests', { userId, greeting })
const listOf = async (tab: Browser) => (await tab.get('/api/contact-requests')).body
const answer = (tab: Browser, id: string, act: 'accept' | 'ignore') =>
  tab.post(`/api/contact-requests/${id}/${act}`, {})
const countContacts = ({ rows }: TestApp, userId: string) =>
  rows(`SELECT contact_id FROM contacts WHERE user_id = '${userId}'`).length

describe('a contact request', () => {
  it('is seen by both and pushed to who is asked', async () => {
    const { test, ann, bob, annId, bobId, pushes } = await createStrangers()
    const sent = {
      id: anyString,
      direction: 'sent',
      user: { id: bobId, nickname: '新人2' },
      greeting: '你好',
      status: 'pending',
      createdAt: test.clock.now(),
    }
    const received = { ...sent, direction: 'received', user: { id: annId, nickname: '新人1' } }
    expect(await ask(ann, bobId, ' 你好 ')).toMatchObject({ status: 200, body: sent })
    expect(await listOf(ann)).toEqual({ requests: [sent] })
    expect(await listOf(bob)).toEqual({ requests: [received] })
    const note = (request: object) => ({ body: { pos: 1, entry: { kind: 'request', request } } })
    expect(pushes).toMatchObject([
      { userId: annId, push: note(sent) },
      { userId: bobId, push: note(received) },
    ])
  })

  it('accepted makes contacts of both, with one conversation, and tells both', async () => {
    const { test, ann, bob, annId, bobId, pushes } = await createStrangers()
    const { id } = parseRequestView(await ask(ann, bobId))
    pushes.length = 0
    expect(await answer(bob, id, 'accept')).toMatchObject({
      status: 200,
      body: { status: 'accepted' },
    })
    const [mine, theirs] = [await contactsOf(ann), await contactsOf(bob)]
    expect(mine).toMatchObject([{ id: bobId }])
    expect(theirs).toMatchObject([{ id: annId, conversationId: mine[0]?.conversationId }])
    const contact = (id: string) => ({ kind: 'contact', contact: { id } })
    const accepted = { kind: 'request', request: { id, status: 'accepted' } }
    expect(pushes).toMatchObject([
      { userId: annId, push: { body: { pos: 2, entry: accepted } } },
      { userId: annId, push: { body: { pos: 3, entry: contact(bobId) } } },
      { userId: bobId, push: { body: { pos: 2, entry: accepted } } },
      { userId: bobId, push: { body: { pos: 3, entry: contact(annId) } } },
    ])
    const members = `SELECT user_id FROM members WHERE conversation_id = '${mine[0]?.conversationId}'`
    expect(
      test
        .rows(members)
        .map((row) => row['user_id'])
        .sort(),
    ).toEqual([annId, bobId].sort())
  })

  it('accepted twice, also at once, is accepted once', async () => {
    const { test, ann, bob, bobId } = await createStrangers()
    const { id } = parseRequestView(await ask(ann, bobId))
    const answers = await Promise.all([1, 2, 3].map(() => answer(bob, id, 'accept')))
    expect(answers.map(({ status }) => status)).toEqual([200, 200, 200])
    expect(countContacts(test, bobId)).toBe(1)
    expect(test.rows('SELECT id FROM conversations')).toHaveLength(46)
  })

  it('ignored stays pending for who asked, and asking again is quiet', async () => {
    const { ann, bob, bobId, pushes } = await createStrangers()
    const { id } = parseRequestView(await ask(ann, bobId))
    expect(await answer(bob, id, 'ignore')).toMatchObject({ body: { status: 'ignored' } })
    pushes.length = 0
    expect(await ask(ann, bobId, 'please')).toMatchObject({
      status: 200,
      body: { status: 'pending' },
    })
    expect(await listOf(ann)).toMatchObject({ requests: [{ status: 'pending' }] })
    expect(await listOf(bob)).toMatchObject({ requests: [{ status: 'ignored', greeting: '你好' }] })
    expect(pushes).toEqual([])
  })

  it('ignored can still be accepted', async () => {
    const { test, ann, bob, bobId } = await createStrangers()
    const { id } = parseRequestView(await ask(ann, bobId))
    await answer(bob, id, 'ignore')
    expect(await answer(bob, id, 'accept')).toMatchObject({ status: 200 })
    expect(countContacts(test, bobId)).toBe(1)
    expect(await answer(bob, id, 'ignore')).toMatchObject(CONFLICT)
  })

  it('sent again is the same one with the new greeting and time', async () => {
    const { test, ann, bob, bobId, pushes } = await createStrangers()
    const first = parseRequestView(await ask(ann, bobId, 'one'))
    test.clock.advance(2 * DAY_MS)
    const second = parseRequestView(await ask(ann, bobId, 'two'))
    expect(second).toEqual({ ...first, greeting: 'two', createdAt: test.clock.now() })
    expect(await listOf(bob)).toMatchObject({ requests: [{ id: first.id, greeting: 'two' }] })
    expect(pushes).toHaveLength(4)
    test.clock.advance(2 * DAY_MS)
    expect(await answer(bob, first.id, 'accept')).toMatchObject({ status: 200 })
  })

  it('expires after three days, to the millisecond', async () => {
    const { test, ann, bob, bobId } = await createStrangers()
    const { id } = parseRequestView(await ask(ann, bobId))
    test.clock.advance(3 * DAY_MS - 1)
    expect(await listOf(bob)).toMatchObject({ requests: [{ status: 'pending' }] })
    test.clock.advance(1)
    expect(await listOf(ann)).toMatchObject({ requests: [{ status: 'expired' }] })
    expect(await listOf(bob)).toMatchObject({ requests: [{ status: 'expired' }] })
    expect(await answer(bob, id, 'accept')).toMatchObject(CONFLICT)
    expect(await answer(bob, id, 'ignore')).toMatchObject(CONFLICT)
    expect(countContacts(test, bobId)).toBe(0)
    expect(await ask(ann, bobId)).toMatchObject({ body: { status: 'pending' } })
    expect(await answer(bob, id, 'accept')).toMatchObject({ status: 200 })
  })

  it('that crosses another makes a contact, one after the other', async () => {
    const { ann, bob, annId, bobId, pushes } = await createStrangers()
    await ask(ann, bobId)
    pushes.length = 0
    expect(await ask(bob, annId)).toMatchObject({
      status: 200,
      body: { status: 'accepted', direction: 'received' },
    })
    expect(await contactsOf(ann)).toMatchObject([{ id: bobId }])
    expect(pushes.map(({ push }) => push)).toMatchObject(
      ['request', 'contact', 'request', 'contact'].map((kind) => ({ body: { entry: { kind } } })),
    )
  })

  it('that crosses another makes a contact, also at once', async () => {
    const { test, ann, bob, annId, bobId } = await createStrangers()
    const answers = await Promise.all([ask(ann, bobId), ask(bob, annId)])
    expect(answers.map((each) => parseRequestView(each).status).sort()).toEqual([
      'accepted',
      'pending',
    ])
    expect([countContacts(test, annId), countContacts(test, bobId)]).toEqual([1, 1])
  })

  it('to oneself, a contact or nobody is refused', async () => {
    const { test, ann, annId, pushes } = await createStrangers()
    expect(await ask(ann, annId)).toMatchObject(CONFLICT)
    expect(await ask(ann, '00000000-0000-4000-8000-000000000000')).toMatchObject(NOT_FOUND)
    const two = (await accountOf(await test.demo(2))).id
    expect(await ask(await test.demo(1), two)).toMatchObject(CONFLICT)
    expect(pushes).toEqual([])
  })

  it('[S16] can be answered by who was asked only; to others it does not exist', async () => {
    const { test, ann, bobId } = await createStrangers()
    const { id } = parseRequestView(await ask(ann, bobId))
    const stranger = await newcomer(test, 3)
    for (const tab of [ann, stranger]) {
      for (const act of ['accept', 'ignore'] as const) {
        expect(await answer(tab, id, act)).toMatchObject(NOT_FOUND)
      }
    }
    expect(await answer(stranger, '00000000-0000-4000-8000-000000000000', 'accept')).toMatchObject(
      NOT_FOUND,
    )
    expect(countContacts(test, bobId)).toBe(0)
    expect(await listOf(stranger)).toEqual({ requests: [] })
  })

  it('[S20] can be sent twenty times a day', async () => {
    const { test, ann, bobId } = await createStrangers()
    for (let n = 1; n <= 20; n += 1) expect((await ask(ann, bobId)).status).toBe(200)
    const refused = await ask(ann, bobId)
    expect(refused.status).toBe(429)
    expect(refused.body).toEqual({
      error: { code: 'request/rate-limited', retryAfterMs: anyNumber },
    })
    expect((await ask(await newcomer(test, 3), bobId)).status).toBe(200)
  })

  it.each([
    [{ greeting: 'x' }, 'userId'],
    [{ userId: 'x', greeting: '' }, 'userId'],
    [{ userId: '00000000-0000-4000-8000-000000000000' }, 'greeting'],
    [{ userId: '00000000-0000-4000-8000-000000000000', greeting: '长'.repeat(51) }, 'greeting'],
  ])('refuses %j and names %s', async (body, field) => {
    const { demo } = await createTestApp()
    expect(await (await demo(1)).post('/api/contact-requests', body)).toMatchObject({
      status: 400,
      body: { error: { code: 'protocol/malformed', field } },
    })
  })
})
