import { describe, expect, it } from 'vitest'
import { createTestApp } from '../support/server/testApp.ts'
import { accountOf, contactsOf, newcomer } from '../support/server/friends.ts'
import { anyString } from '../support/server/matching.ts'

describe('GET /api/contacts', () => {
  it('tells the name, how it is read, the number and the conversation', async () => {
    const { demo } = await createTestApp()
    const [first] = await contactsOf(await demo(1))
    const other = await accountOf(await demo(2))
    expect(first).toEqual({
      ...other,
      pinyin: 'bai lu',
      conversationId: anyString,
      isBlocked: false,
    })
  })

  it('names the same conversation to both', async () => {
    const { demo } = await createTestApp()
    const [one, two] = [await demo(1), await demo(2)]
    const [oneId, twoId] = [(await accountOf(one)).id, (await accountOf(two)).id]
    const mine = (await contactsOf(one)).find(({ id }) => id === twoId)
    const theirs = (await contactsOf(two)).find(({ id }) => id === oneId)
    expect(mine?.conversationId).toBe(theirs?.conversationId)
  })

  it('is in the order of a phone book, not in that of characters', async () => {
    const { browser, execute, rows } = await createTestApp()
    execute("UPDATE users SET nickname = '啊' WHERE mobile = '13006789010'")
    execute("UPDATE users SET nickname = 'Zoe' WHERE mobile = '13006789002'")
    expect(rows("SELECT 1 FROM users WHERE nickname = '啊'")).toHaveLength(1)
    const tab = browser()
    await tab.post('/api/session', { mobile: '13006789001', password: '123456' })
    const names = (await contactsOf(tab)).map(({ nickname }) => nickname)
    expect([names.at(0), names.at(-1)]).toEqual(['啊', 'Zoe'])
  })
})

describe('GET /api/users', () => {
  it('finds by exact number and tells how one stands to them', async () => {
    const app = await createTestApp()
    const tab = await app.demo(1)
    const find = async (mobile: string) => (await tab.get(`/api/users?mobile=${mobile}`)).body
    const stranger = await accountOf(await newcomer(app))
    expect(await find('13006789001')).toMatchObject({ relation: 'self' })
    expect(await find('13006789002')).toEqual({
      user: { id: anyString, nickname: '白露' },
      relation: 'contact',
    })
    expect(await find(stranger.mobile)).toEqual({
      user: { id: stranger.id, nickname: stranger.nickname },
      relation: 'stranger',
    })
  })

  it('knows who asked whom, for three days', async () => {
    const app = await createTestApp()
    const [one, two] = [await app.demo(1), await newcomer(app)]
    const [mine, theirs] = [await accountOf(one), await accountOf(two)]
    await one.post('/api/contact-requests', { userId: theirs.id, greeting: '' })
    const relations = async () => [
      (await one.get(`/api/users?mobile=${theirs.mobile}`)).body,
      (await two.get(`/api/users?mobile=${mine.mobile}`)).body,
    ]
    expect(await relations()).toMatchObject([{ relation: 'requested' }, { relation: 'received' }])
    app.clock.advance(3 * 24 * 60 * 60 * 1000)
    expect(await relations()).toMatchObject([{ relation: 'stranger' }, { relation: 'stranger' }])
  })

  it('says not-found for a number that nobody has, and names a wrong one', async () => {
    const { demo } = await createTestApp()
    const tab = await demo(1)
    expect(await tab.get('/api/users?mobile=13912345678')).toMatchObject({
      status: 404,
      body: { error: { code: 'request/not-found' } },
    })
    const malformed = {
      status: 400,
      body: { error: { code: 'protocol/malformed', field: 'mobile' } },
    }
    expect(await tab.get('/api/users?mobile=1391234567')).toMatchObject(malformed)
    expect(await tab.get('/api/users')).toMatchObject(malformed)
    expect(await tab.get('/api/users?mobile=13006789002&mobile=13006789003')).toMatchObject(
      malformed,
    )
  })

  it('[S12] can be used for sixty numbers in an hour, not for all of them', async () => {
    const { demo } = await createTestApp()
    const tab = await demo(1)
    for (let n = 0; n < 60; n += 1) {
      expect((await tab.get(`/api/users?mobile=${13_900_000_000 + n}`)).status).toBe(404)
    }
    expect((await tab.get('/api/users?mobile=13006789002')).status).toBe(429)
    expect((await (await demo(2)).get('/api/users?mobile=13006789001')).status).toBe(200)
  })
})
