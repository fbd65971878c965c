import { describe, expect, it } from 'vitest'
import type { SessionView } from '#shared/protocol/accounts.ts'
import { CLOSE_CODES } from '#shared/protocol/envelope.ts'
import type { Browser } from '../support/server/browser.ts'
import { listen } from '../support/server/listen.ts'
import { createTestApp } from '../support/server/testApp.ts'
import { openRawSocket } from '../support/socket/rawSocket.ts'

const CHROME = 'Mozilla/5.0 (Windows NT 10.0) AppleWebKit/537.36 Chrome/140.0 Safari/537.36'

/** 安然 on two devices. */
async function createTwo() {
  const test = await createTestApp()
  const here = await test.demo(1)
  test.clock.advance(1)
  const there = test.browser()
  const login = { mobile: '13006789001', password: '123456' }
  await there.post('/api/session', login, { 'user-agent': CHROME })
  const list = async (tab: Browser): Promise<SessionView[]> =>
    ((await tab.get('/api/sessions')).body as { sessions: SessionView[] }).sessions
  return { test, here, there, list }
}

describe('[S7] the sessions of an account', () => {
  it('are told to it alone, the one that asks first, with what it needs to know them by', async () => {
    const { test, here, there, list } = await createTwo()
    await test.demo(2)
    const seen = await list(here)
    expect(seen.map(({ isThis, agent }) => [isThis, agent])).toEqual([
      [true, expect.any(String)],
      [false, CHROME],
    ])
    expect((await list(there)).map(({ id }) => id)).toEqual(seen.map(({ id }) => id).toReversed())
    expect(Object.keys(seen[0] ?? {}).toSorted()).toEqual([
      'agent',
      'createdAt',
      'id',
      'isThis',
      'usedAt',
    ])
  })

  it('end at once when another one ends them, with their sockets', async () => {
    const { test, here, there, list } = await createTwo()
    const socket = await openRawSocket({ origin: await listen(test), cookie: there.cookie })
    await socket.hello()
    const other = (await list(here)).find(({ isThis }) => !isThis)
    expect((await here.delete(`/api/sessions/${other?.id ?? ''}`)).status).toBe(200)
    expect(await socket.closed).toBe(CLOSE_CODES.signedOut)
    expect((await there.get('/api/session')).status).toBe(401)
    expect(await list(here)).toHaveLength(1)
  })

  it('of somebody else are like none, and go on', async () => {
    const { test, here, there, list } = await createTwo()
    const eve = await test.demo(3)
    const [session] = await list(there)
    const answer = await eve.delete(`/api/sessions/${session?.id ?? ''}`)
    expect(answer).toMatchObject({ status: 404, body: { error: { code: 'request/not-found' } } })
    expect((await there.get('/api/session')).status).toBe(200)
    expect(await list(here)).toHaveLength(2)
  })

  it('are nothing for who is not signed in', async () => {
    const { test } = await createTwo()
    expect((await test.browser().get('/api/sessions')).status).toBe(401)
  })

  it('keep no more of a browser than is good for anybody', async () => {
    const { test } = await createTwo()
    const tab = test.browser()
    const login = { mobile: '13006789004', password: '123456' }
    await tab.post('/api/session', login, { 'user-agent': 'x'.repeat(5_000) })
    const { body } = await tab.get('/api/sessions')
    const [session] = (body as { sessions: SessionView[] }).sessions
    expect(session?.agent).toBe('x'.repeat(300))
  })
})
