import { describe, expect, it } from 'vitest'
import { createTestApp } from '../support/server/testApp.ts'
import { anyNumber, anyString } from '../support/server/matching.ts'

const OWNER = '13006789001'
const NOBODY = '13900000000'
const WRONG = { status: 401, body: { error: { code: 'auth/wrong-credentials' } } }

describe('POST /api/session', () => {
  it('[S12] answers a wrong password and an unknown number alike', async () => {
    const { browser } = await createTestApp()
    const known = await browser().post('/api/session', { mobile: OWNER, password: 'wrong' })
    const unknown = await browser().post('/api/session', { mobile: NOBODY, password: 'wrong' })
    expect(known).toMatchObject(WRONG)
    expect(unknown.status).toBe(known.status)
    expect(unknown.body).toEqual(known.body)
    const names = (headers: object) => Object.keys(headers).sort()
    expect(names(unknown.headers)).toEqual(names(known.headers))
  })

  it.each([OWNER, NOBODY])('[S11] [S12] slows guessing at %s down after five', async (mobile) => {
    const { browser } = await createTestApp()
    for (let n = 1; n <= 5; n += 1) {
      const guess = { mobile, password: `guess ${n}` }
      expect(await browser({ ip: `192.0.2.${n}` }).post('/api/session', guess)).toMatchObject(WRONG)
    }
    const sixth = await browser({ ip: '192.0.2.6' }).post('/api/session', {
      mobile,
      password: '123456',
    })
    expect(sixth.status).toBe(429)
    expect(sixth.body).toEqual({
      error: { code: 'request/rate-limited', retryAfterMs: anyNumber },
    })
  })

  it('[S11] stops an address after twenty wrong ones, whatever the accounts', async () => {
    const { browser } = await createTestApp()
    const guesser = browser({ ip: '2001:db8::1' })
    for (let n = 10; n < 30; n += 1) {
      const guess = { mobile: `139000000${n}`, password: 'guess' }
      expect(await guesser.post('/api/session', guess)).toMatchObject(WRONG)
    }
    const right = { mobile: OWNER, password: '123456' }
    const neighbour = browser({ ip: '2001:db8::2' })
    expect(await neighbour.post('/api/session', right)).toMatchObject({ status: 429 })
    const elsewhere = browser({ ip: '2001:db8:0:1::1' })
    expect(await elsewhere.post('/api/session', right)).toMatchObject({ status: 200 })
  })

  it.each([
    [{}, 'mobile'],
    [{ mobile: OWNER }, 'password'],
    [{ mobile: '1300678900', password: 'x' }, 'mobile'],
    [{ mobile: OWNER, password: '' }, 'password'],
    [{ mobile: OWNER, password: 'x'.repeat(129) }, 'password'],
    [{ mobile: OWNER, password: ['123456'] }, 'password'],
    [{ mobile: { $ne: '' }, password: '123456' }, 'mobile'],
  ])('refuses %j and names %s', async (body, field) => {
    const { browser } = await createTestApp()
    const answer = await browser().post('/api/session', body)
    expect(answer).toMatchObject({ status: 400 })
    expect(answer.body).toEqual({ error: { code: 'protocol/malformed', field } })
  })

  it('[S21] drops what it does not know', async () => {
    const { browser, rows } = await createTestApp()
    const body = { mobile: OWNER, password: '123456', id: 'other', nickname: '谁', isAdmin: true }
    const answer = await browser().post('/api/session', body)
    expect(answer.body).toEqual({ id: anyString, mobile: OWNER, nickname: '安然' })
    expect(rows(`SELECT nickname FROM users WHERE mobile = '${OWNER}'`)).toMatchObject([
      { nickname: '安然' },
    ])
  })

  it('logs who was refused and never what they said', async () => {
    const { browser, logged } = await createTestApp()
    await browser().post('/api/session', { mobile: OWNER, password: 'open sesame' })
    const lines = logged.join('')
    expect(lines).toContain('"code":"auth/wrong-credentials"')
    expect(lines).toContain('"ip":"192.0.2.1"')
    expect(lines).not.toContain('sesame')
    expect(lines).not.toContain(OWNER)
  })
})
