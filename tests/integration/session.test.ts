import { createHash } from 'node:crypto'
import { describe, expect, it } from 'vitest'
import { createTestApp } from '../support/server/testApp.ts'
import { anyString } from '../support/server/matching.ts'
import type { Browser } from '../support/server/browser.ts'

const DAY_MS = 24 * 60 * 60 * 1000
const OWNER = { mobile: '13006789001', password: '123456' }
const ACCOUNT = { id: anyString, mobile: '13006789001', nickname: '安然' }
const SIGNED_OUT = { status: 401, body: { error: { code: 'auth/signed-out' } } }

const tokenOf = (cookie: string): string => cookie.split('=')[1] ?? ''

describe('a session', () => {
  it('begins with a login, is there for every request, and ends with the log-out', async () => {
    const { browser } = await createTestApp()
    const tab = browser()
    expect(await tab.get('/api/session')).toMatchObject(SIGNED_OUT)
    expect(await tab.post('/api/session', OWNER)).toMatchObject({ status: 200, body: ACCOUNT })
    expect(await tab.get('/api/session')).toMatchObject({ status: 200, body: ACCOUNT })
    const copy = tab.cookie
    expect(await tab.delete('/api/session')).toMatchObject({ status: 200, body: {} })
    expect(tab.cookie).toBe('')
    expect(await tab.get('/api/session', { cookie: copy })).toMatchObject(SIGNED_OUT)
  })

  it('[S3] tells the holders of its sockets when it ends', async () => {
    const { app, demo, rows } = await createTestApp()
    const ended: string[] = []
    app.bus.onSessionEnded((sessionId) => ended.push(sessionId))
    const tab = await demo(1)
    const [session] = rows('SELECT id FROM sessions')
    await tab.delete('/api/session')
    expect(ended).toEqual([session?.['id']])
    expect(rows('SELECT id FROM sessions')).toEqual([])
  })

  it('log-out without a session is no error', async () => {
    const { browser } = await createTestApp()
    expect(await browser().delete('/api/session')).toMatchObject({ status: 200 })
  })

  it('a log-out whose session has ended takes no cookie away: it may be a newer one', async () => {
    const { demo } = await createTestApp()
    const tab = await demo(1)
    const before = tab.cookie
    await tab.post('/api/session', OWNER)
    // Sent by another tab before that log-in, and heard after it.
    expect(await tab.delete('/api/session', { cookie: before })).toMatchObject({ status: 200 })
    expect(await tab.get('/api/session')).toMatchObject({ status: 200, body: ACCOUNT })
  })

  it('of two log-outs at once one takes the cookie away', async () => {
    const { demo } = await createTestApp()
    const tab = await demo(1)
    const answers = await Promise.all([tab.delete('/api/session'), tab.delete('/api/session')])
    expect(answers.filter(({ headers }) => headers['set-cookie'] !== undefined)).toHaveLength(1)
  })

  it.each([
    ['get', '/api/contacts'],
    ['get', '/api/users?mobile=13006789002'],
    ['get', '/api/contact-requests'],
    ['post', '/api/contact-requests'],
    ['post', '/api/contact-requests/00000000-0000-4000-8000-000000000000/accept'],
    ['post', '/api/contact-requests/00000000-0000-4000-8000-000000000000/ignore'],
    ['get', '/api/conversations'],
    ['get', '/api/conversations/00000000-0000-4000-8000-000000000000/messages'],
    ['post', '/api/conversations/00000000-0000-4000-8000-000000000000/read'],
  ] as const)(
    '[S2] %s %s needs one: no cookie, a made-up one and an expired one are refused',
    async (method, path) => {
      const { browser, demo, clock } = await createTestApp()
      const send = (tab: Browser) => tab[method](path, {})
      const forger = browser()
      expect(await send(forger)).toMatchObject(SIGNED_OUT)
      forger.cookie = `ahoy=${'A'.repeat(43)}`
      expect(await send(forger)).toMatchObject(SIGNED_OUT)
      const old = await demo(1)
      expect(await send(old)).not.toMatchObject({ status: 401 })
      clock.advance(30 * DAY_MS + 1)
      expect(await send(old)).toMatchObject(SIGNED_OUT)
    },
  )

  it('[S4] is not taken from the address', async () => {
    const { browser, demo } = await createTestApp()
    const { cookie } = await demo(1)
    expect(await browser().get(`/api/contacts?${cookie}&token=${tokenOf(cookie)}`)).toMatchObject(
      SIGNED_OUT,
    )
  })
})

describe('[S5] the cookie', () => {
  it('over http is HttpOnly and SameSite', async () => {
    const { demo } = await createTestApp()
    const { setCookie } = await demo(1)
    expect(setCookie).toMatch(
      /^ahoy=[\w-]{43}; Max-Age=2592000; Path=\/; HttpOnly; SameSite=Strict$/,
    )
  })

  it('over https has the __Host- prefix and Secure, and no other is taken', async () => {
    const { browser } = await createTestApp({ env: { TRUST_PROXY: '1' } })
    const tab = browser({ isHttps: true })
    await tab.post('/api/session', OWNER)
    expect(tab.setCookie).toMatch(
      /^__Host-ahoy=[\w-]{43}; Max-Age=2592000; Path=\/; HttpOnly; Secure; SameSite=Strict$/,
    )
    expect(await tab.get('/api/session')).toMatchObject({ status: 200 })
    const tossed = { cookie: `ahoy=${tokenOf(tab.cookie)}` }
    expect(await tab.get('/api/session', tossed)).toMatchObject(SIGNED_OUT)
  })

  it('is new at each login, and the one before ends', async () => {
    const { app, browser } = await createTestApp()
    const tab = browser()
    await tab.post('/api/session', OWNER)
    const first = tab.cookie
    const ended: string[] = []
    app.bus.onSessionEnded((sessionId) => ended.push(sessionId))
    await tab.post('/api/session', OWNER)
    expect(tab.cookie).not.toBe(first)
    expect(ended).toHaveLength(1)
    expect(await tab.get('/api/session', { cookie: first })).toMatchObject(SIGNED_OUT)
    expect(await tab.get('/api/session')).toMatchObject({ status: 200 })
  })

  it("leaves another browser's session alone", async () => {
    const { demo } = await createTestApp()
    const phone = await demo(1)
    const laptop = await demo(1)
    await laptop.delete('/api/session')
    expect(await phone.get('/api/session')).toMatchObject({ status: 200 })
  })

  it('holds the only copy of the token: the database has its SHA-256', async () => {
    const { demo, rows } = await createTestApp()
    const { cookie } = await demo(1)
    const [session] = rows('SELECT * FROM sessions')
    const sha256 = createHash('sha256').update(tokenOf(cookie)).digest('hex')
    expect(session?.['token_hash']).toBe(sha256)
    expect(JSON.stringify(session)).not.toContain(tokenOf(cookie))
  })
})

describe('[S6] the end of a session', () => {
  it('moves 30 days on with each use', async () => {
    const { demo, clock } = await createTestApp()
    const tab = await demo(1)
    for (let n = 1; n <= 2; n += 1) {
      clock.advance(30 * DAY_MS - 1)
      const answer = await tab.get('/api/session')
      expect(answer).toMatchObject({ status: 200 })
    }
    expect(tab.setCookie).toContain('Max-Age=2592000;')
    clock.advance(30 * DAY_MS)
    expect(await tab.get('/api/session')).toMatchObject(SIGNED_OUT)
  })

  it('comes after 90 days whatever its use', async () => {
    const { demo, clock } = await createTestApp()
    const tab = await demo(1)
    for (let day = 20; day < 90; day += 20) {
      clock.advance(20 * DAY_MS)
      expect(await tab.get('/api/session')).toMatchObject({ status: 200 })
    }
    expect(tab.setCookie).toContain(`Max-Age=${(10 * DAY_MS) / 1000};`)
    clock.advance(10 * DAY_MS)
    expect(await tab.get('/api/session')).toMatchObject(SIGNED_OUT)
  })

  it('is not written more than once an hour', async () => {
    const { demo, clock, rows } = await createTestApp()
    const renewedAt = () => rows('SELECT renewed_at FROM sessions')[0]?.['renewed_at']
    const tab = await demo(1)
    const startedAt = clock.now()
    clock.advance(DAY_MS / 24 - 1)
    await tab.get('/api/contacts')
    expect(renewedAt()).toBe(startedAt)
    clock.advance(1)
    await tab.get('/api/contacts')
    expect(renewedAt()).toBe(clock.now())
  })

  it('takes its row away at somebody’s next login', async () => {
    const { demo, clock, rows } = await createTestApp()
    await demo(1)
    clock.advance(30 * DAY_MS)
    await demo(2)
    expect(rows('SELECT id FROM sessions')).toHaveLength(1)
  })
})
