import { describe, expect, it } from 'vitest'
import { createPort } from '../../support/server/port.ts'
import { openRawSocket, upgradeStatus } from '../../support/socket/rawSocket.ts'

const DAY_MS = 24 * 60 * 60 * 1000

describe('[S1] an upgrade from a page that is not ours', () => {
  const foreign: readonly (readonly [string, (own: string) => string | null])[] = [
    ['without an Origin', () => null],
    ['of another site', () => 'https://evil.example'],
    ['of nowhere', () => 'null'],
    ['of a site that ends like ours', (own) => `${own}.evil.example`],
    ['of a site that begins like ours', (own) => own.replace('//', '//evil.')],
    ['with our name for a user', (own) => `${own}@evil.example`],
    ['of another port', (own) => own.replace(/\d+$/, '1')],
    ['of no port', (own) => own.replace(/:\d+$/, '')],
    ['of a file', () => 'file://'],
    ['with a path that names us', (own) => `https://evil.example/${own}`],
    ['that is no address', () => 'nonsense'],
  ]
  it.each(foreign)('%s is refused with 403, though the cookie is right', async (_what, from) => {
    const { server, origin } = await createPort()
    const { cookie } = await server.demo(1)
    expect(await upgradeStatus({ origin, cookie, from: from(origin) })).toBe(403)
    expect(server.app.gateway.connectionCount).toBe(0)
  })

  it('is let in from our own and from an allowed one', async () => {
    const { server, origin } = await createPort({
      env: { ALLOWED_ORIGINS: 'https://chat.example.org' },
    })
    const { cookie } = await server.demo(1)
    expect(await upgradeStatus({ origin, cookie })).toBe(101)
    expect(await upgradeStatus({ origin, cookie, from: 'https://chat.example.org' })).toBe(101)
  })
})

describe('[S2] an upgrade without a live session', () => {
  it.each([
    ['no cookie', undefined],
    ['an empty one', 'ahoy='],
    ['a made-up one', `ahoy=${'A'.repeat(43)}`],
    ['one of another name', 'session=1'],
    ['a very long one', `ahoy=${'A'.repeat(4_000)}`],
  ])('%s is refused with 401', async (_what, cookie) => {
    const { origin } = await createPort()
    expect(await upgradeStatus({ origin, ...(cookie !== undefined && { cookie }) })).toBe(401)
  })

  it('a session that is too old is refused with 401', async () => {
    const { server, origin } = await createPort()
    const { cookie } = await server.demo(1)
    server.clock.advance(30 * DAY_MS + 1)
    expect(await upgradeStatus({ origin, cookie })).toBe(401)
  })

  it('a session that was logged out is refused with 401', async () => {
    const { server, origin } = await createPort()
    const browser = await server.demo(1)
    const { cookie } = browser
    await browser.delete('/api/session')
    expect(await upgradeStatus({ origin, cookie })).toBe(401)
  })

  it('[S4] a token in the address is not looked at', async () => {
    const { server, origin } = await createPort()
    const [, token = ''] = (await server.demo(1)).cookie.split('=')
    for (const name of ['ahoy', 'token', 'access_token', '__Host-ahoy']) {
      expect(await upgradeStatus({ origin, path: `/ws?${name}=${token}` })).toBe(401)
    }
  })

  it.each(['/', '/wsx', '/ws/', '/api/session', '//ws', '/%77s'])(
    'there is no socket at %s',
    async (path) => {
      const { server, origin } = await createPort()
      const { cookie } = await server.demo(1)
      expect(await upgradeStatus({ origin, cookie, path })).toBe(404)
    },
  )
})

describe('[S3] a log-out', () => {
  it('closes every socket of its session at once, and no other', async () => {
    const { server, open, tab, person } = await createPort()
    const [phone, laptop] = [await server.demo(1), await server.demo(1)]
    const gone = [await tab(phone), await tab(phone), await open(phone)]
    const stays = [await tab(laptop), (await person(2)).tab]
    await phone.delete('/api/session')
    expect(await Promise.all(gone.map(({ closed }) => closed))).toEqual([4001, 4001, 4001])
    for (const other of stays) expect((await other.ask('ping', { received: 0 })).ok).toBe(true)
  })

  it('is the end of what its socket may do, also when the other side does not close', async () => {
    const { person, server } = await createPort()
    const [ann, bob] = [await person(1), await person(2)]
    // Deaf to the closing of the server, as an attacker with a stolen session would be.
    ann.tab.socket.pause()
    await ann.browser.delete('/api/session')
    const callId = '01a00000-0000-7000-8000-000000000001'
    ann.tab.send(
      JSON.stringify({
        id: 9,
        type: 'call.invite',
        body: { callId, calleeId: bob.id, kind: 'audio' },
      }),
    )
    ann.tab.send(JSON.stringify({ id: 10, type: 'ping', body: { received: 0 } }))
    await bob.tab.ask('ping', { received: 0 })
    ann.tab.socket.resume()
    expect(await ann.tab.closed).toBe(4001)
    await bob.tab.ask('ping', { received: 0 })
    expect(bob.tab.pushes).toEqual([])
    expect(server.app.calls.liveCount).toBe(0)
  })
})

describe('[S24] compression', () => {
  it('is not agreed on, whoever offers it', async () => {
    const { server, origin } = await createPort()
    const { cookie } = await server.demo(1)
    const { socket } = await openRawSocket({ origin, cookie, ws: { perMessageDeflate: true } })
    expect(socket.extensions).toBe('')
  })
})
