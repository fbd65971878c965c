import { describe, expect, it } from 'vitest'
import { createTestApp } from '../support/server/testApp.ts'
import { anyNumber, anyString } from '../support/server/matching.ts'

const NEW = { mobile: '13912345678', password: '海内存知己天涯若比邻', nickname: '新来的' }

describe('POST /api/accounts', () => {
  it('makes an account, logs it in, and its password works from then on', async () => {
    const { browser } = await createTestApp()
    const tab = browser()
    const answer = await tab.post('/api/accounts', NEW)
    expect(answer.status).toBe(201)
    expect(answer.body).toEqual({
      id: anyString,
      mobile: NEW.mobile,
      nickname: NEW.nickname,
    })
    expect((await tab.get('/api/session')).body).toEqual(answer.body)
    const { mobile, password } = NEW
    expect(await browser().post('/api/session', { mobile, password })).toMatchObject({
      status: 200,
    })
    expect((await tab.get('/api/contacts')).body).toEqual({ contacts: [] })
  })

  it('[S9] keeps only the hash', async () => {
    const { browser, rows, logged } = await createTestApp()
    await browser().post('/api/accounts', NEW)
    const [user] = rows(`SELECT * FROM users WHERE mobile = '${NEW.mobile}'`)
    expect(user?.['password_hash']).toMatch(/^\$argon2id\$v=19\$/)
    expect(JSON.stringify(user) + logged.join('')).not.toContain(NEW.password)
  })

  it.each([
    '        ',
    '\u0000\u0001\u0002\u0003\u0004\u0005\u0006\u0007',
    '🔑🔒🗝️🔐',
    'x'.repeat(128),
  ])('[S10] takes the password %j as it is', async (password) => {
    const { browser } = await createTestApp()
    const { mobile } = NEW
    const made = await browser().post('/api/accounts', { ...NEW, password })
    expect(made.status).toBe(201)
    expect(await browser().post('/api/session', { mobile, password })).toMatchObject({
      status: 200,
    })
    const trimmed = await browser().post('/api/session', {
      mobile,
      password: `${password.slice(0, -1)}!`,
    })
    expect(trimmed.status).toBe(401)
  })

  it.each([
    [{ password: 'x'.repeat(7) }, 'password'],
    [{ password: 'x'.repeat(129) }, 'password'],
    [{ password: 'e\u0301'.repeat(7) }, 'password'],
    [{ password: '\uFDFA' }, 'password'],
    [{ nickname: '   ' }, 'nickname'],
    [{ nickname: '长'.repeat(21) }, 'nickname'],
    [{ nickname: 'a\nb' }, 'nickname'],
    [{ nickname: '\u200B\u2060' }, 'nickname'],
    [{ nickname: '\u3164' }, 'nickname'],
    [{ nickname: '\u2800' }, 'nickname'],
    [{ nickname: '\u{E0061}\u{E007F}' }, 'nickname'],
    [{ mobile: '+8513912345678' }, 'mobile'],
    [{ mobile: '12912345678' }, 'mobile'],
  ])('[S10] refuses %j and names %s', async (change, field) => {
    const { browser } = await createTestApp()
    const answer = await browser().post('/api/accounts', { ...NEW, ...change })
    expect(answer.status).toBe(400)
    expect(answer.body).toEqual({ error: { code: 'protocol/malformed', field } })
  })

  it.each([
    ['白\u200B露', '白露'],
    ['e\u0301va\u202E', 'éva'],
    ['白　露', '白 露'],
    ['👩‍👩‍👧‍👦', '👩‍👩‍👧‍👦'],
  ])('[TX1] a person who registers as %j is called %j', async (nickname, called) => {
    const { browser } = await createTestApp()
    const answer = await browser().post('/api/accounts', { ...NEW, nickname })
    expect(answer.body).toMatchObject({ nickname: called })
  })

  it('[TX3] a number with its country, in full-width digits, is the same number', async () => {
    const { browser } = await createTestApp()
    const mobile = '＋８６ 139-1234-5678'
    const made = await browser().post('/api/accounts', { ...NEW, mobile })
    expect(made).toMatchObject({ status: 201, body: { mobile: NEW.mobile } })
    const { password } = NEW
    expect((await browser().post('/api/session', { mobile, password })).status).toBe(200)
    expect((await browser().post('/api/accounts', NEW)).status).toBe(409)
  })

  it.each(['12345678', 'password', 'QWERTYUIOP', 'ｐａｓｓｗｏｒｄ', NEW.mobile])(
    '[S10] refuses the common password %s',
    async (password) => {
      const { browser } = await createTestApp()
      const answer = await browser().post('/api/accounts', { ...NEW, password })
      expect(answer.status).toBe(422)
      expect(answer.body).toEqual({ error: { code: 'auth/password-too-common' } })
    },
  )

  it('[S12] tells of a taken number and changes nothing of its owner', async () => {
    const { browser, rows } = await createTestApp()
    const users = () => rows('SELECT * FROM users ORDER BY id')
    const before = users()
    const thief = browser()
    const answer = await thief.post('/api/accounts', { ...NEW, mobile: '13006789001' })
    expect(answer.status).toBe(409)
    expect(answer.body).toEqual({ error: { code: 'auth/mobile-taken' } })
    expect(thief.cookie).toBe('')
    expect(users()).toEqual(before)
  })

  it('lets one of two at the same time have the number', async () => {
    const { browser } = await createTestApp()
    const answers = await Promise.all([1, 2].map(() => browser().post('/api/accounts', NEW)))
    expect(answers.map(({ status }) => status).sort()).toEqual([201, 409])
  })

  it('[S12] is limited per address: ten in an hour, taken numbers included', async () => {
    const { browser } = await createTestApp()
    for (let n = 0; n < 5; n += 1) {
      const taken = await browser().post('/api/accounts', { ...NEW, mobile: '13006789001' })
      expect(taken.status).toBe(409)
      const free = await browser().post('/api/accounts', { ...NEW, mobile: `1391234560${n}` })
      expect(free.status).toBe(201)
    }
    const eleventh = await browser().post('/api/accounts', NEW)
    expect(eleventh.status).toBe(429)
    expect(eleventh.body).toEqual({
      error: { code: 'request/rate-limited', retryAfterMs: anyNumber },
    })
    const elsewhere = browser({ ip: '198.51.100.1' })
    expect((await elsewhere.post('/api/accounts', NEW)).status).toBe(201)
  })

  it('takes the limit from the configuration', async () => {
    const { browser } = await createTestApp({ env: { REGISTRATIONS_PER_HOUR: '1' } })
    expect((await browser().post('/api/accounts', NEW)).status).toBe(201)
    const second = await browser().post('/api/accounts', { ...NEW, mobile: '13912345679' })
    expect(second.status).toBe(429)
  })

  it('[S21] sets the id itself', async () => {
    const { browser } = await createTestApp()
    const id = '00000000-0000-4000-8000-000000000000'
    const extra = { id, passwordHash: 'x', password_hash: 'x', created_at: 0 }
    const answer = await browser().post('/api/accounts', { ...NEW, ...extra })
    expect(answer.body).toEqual({
      id: expect.not.stringMatching(id),
      mobile: NEW.mobile,
      nickname: NEW.nickname,
    })
  })
})
