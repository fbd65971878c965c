import { describe, expect, it } from 'vitest'
import { createPort } from '../support/server/port.ts'
import { upgradeStatus } from '../support/socket/rawSocket.ts'
import { headOf, openTcp, upgradeHead } from '../support/socket/tcp.ts'

const SITE = { NODE_ENV: 'production', PUBLIC_HOSTS: 'chat.example.org' }
const REFUSED = '{"error":{"code":"request/forbidden","field":"host"}}'

/** The answer to a request of its own connection. */
async function answerOf(origin: string, line: string, headers: Record<string, string> = {}) {
  const { ended } = await openTcp(origin, headOf(line, { ...headers, Connection: 'close' }))
  const [head = '', body = ''] = (await ended).split('\r\n\r\n')
  return { status: Number(head.split(' ')[1]), head, body }
}

describe('[S1] a page whose name was made to point here', () => {
  const evil = { Host: 'evil.example', Origin: 'http://evil.example' }

  it('is refused by every address, though its Origin is that of its Host', async () => {
    const { origin } = await createPort({ env: SITE })
    for (const line of ['GET /', 'GET /api/session', 'DELETE /api/session', 'GET /none']) {
      expect(await answerOf(origin, line, evil)).toMatchObject({ status: 403, body: REFUSED })
    }
  })

  it.each([
    ['half an escape', 'GET /api/%zz'],
    ['a part that is too long', `GET /api/conversations/${'x'.repeat(300)}/messages`],
    ['a tunnel', 'CONNECT chat.example.org:443'],
  ])('is refused also where no route is: %s', async (_what, line) => {
    const { origin } = await createPort({ env: SITE })
    expect(await answerOf(origin, line, evil)).toMatchObject({ status: 403, body: REFUSED })
  })

  it('opens no WebSocket', async () => {
    const { server, origin } = await createPort({ env: { PUBLIC_HOSTS: 'ahoy.example' } })
    const { cookie } = await server.demo(1)
    const socket = { origin, cookie, from: 'http://evil.example', host: 'evil.example' }
    expect(await upgradeStatus(socket)).toBe(403)
  })

  it('is named in the log', async () => {
    const { server, origin } = await createPort({ env: SITE })
    await answerOf(origin, 'GET /', evil)
    expect(server.logged.join('\n')).toMatch(/"host":"evil\.example".*PUBLIC_HOSTS/)
  })

  it('is no way to stop a watchdog, who asks by any name', async () => {
    const { origin } = await createPort({ env: SITE })
    expect(await answerOf(origin, 'GET /healthz', { Host: 'ahoy-1' })).toMatchObject({
      status: 200,
    })
  })

  it('is not the site itself', async () => {
    const { origin } = await createPort({ env: SITE })
    const answer = await answerOf(origin, 'GET /api/session', { Host: 'chat.example.org' })
    expect(answer.status).toBe(401)
  })
})

describe('what no route is asked for', () => {
  it.each([
    ['half an escape', 'GET /api/%zz', 400, 'protocol/malformed'],
    [
      'a part that is too long',
      `GET /api/conversations/${'x'.repeat(300)}/messages`,
      400,
      'protocol/malformed',
    ],
    ['a tunnel', 'CONNECT x:443', 404, 'request/not-found'],
  ])('is answered in our shape, with our headers: %s', async (_what, line, status, code) => {
    const { origin } = await createPort()
    const answer = await answerOf(origin, line, { Host: 'x' })
    expect(answer.status).toBe(status)
    expect(JSON.parse(answer.body)).toEqual({ error: { code } })
    expect(answer.head).toMatch(/content-type: application\/json/)
    expect(answer.head).toMatch(/content-security-policy: default-src 'none'/)
    expect(answer.head).toMatch(/cache-control: no-store/)
  })

  it.each([
    'GET /',
    'GET /api/session',
    'GET /healthz',
    'GET /api/%zz',
    'CONNECT x:443',
    'GET /ws',
  ])('of two hosts at once is refused: %s', async (line) => {
    const { origin } = await createPort({ env: SITE })
    const upgrade = { Upgrade: 'websocket', Connection: 'Upgrade' }
    const two = headOf(line, { Host: 'chat.example.org', host: 'evil.example', ...upgrade })
    const { ended } = await openTcp(origin, two)
    expect(await ended).toMatch(/^HTTP\/1.1 400 /)
    expect(await ended).toMatch(/\{"error":\{"code":"protocol\/malformed","field":"host"\}\}$/)
  })

  it.each([
    ['without a key', { 'Sec-WebSocket-Key': '' }],
    ['of another version', { 'Sec-WebSocket-Version': '7' }],
  ])('is answered in our shape: an upgrade %s', async (_what, headers) => {
    const { server, origin } = await createPort()
    const { cookie } = await server.demo(1)
    const own = { Host: new URL(origin).host, Origin: origin, Cookie: cookie }
    const { ended } = await openTcp(origin, upgradeHead({ ...own, ...headers }))
    expect(await ended).toMatch(/^HTTP\/1.1 400 /)
    expect(await ended).toMatch(/sec-websocket-version: 13\r\n/)
    expect(await ended).toMatch(/\{"error":\{"code":"protocol\/malformed"\}\}$/)
  })
})

describe('what Node refuses by itself', () => {
  it.each([
    ['no HTTP at all', 'hello\r\n\r\n', 400, 'protocol/malformed'],
    ['a header that is none', 'GET / HTTP/1.1\r\nHost x\r\n\r\n', 400, 'protocol/malformed'],
    [
      'two lengths',
      headOf('POST /', { Host: 'x', 'Content-Length': '1, 2' }),
      400,
      'protocol/malformed',
    ],
    [
      'headers without end',
      headOf('GET /', { Host: 'x', X: 'y'.repeat(20_000) }),
      431,
      'protocol/too-large',
    ],
  ])('is answered in our shape: %s', async (_what, text, status, code) => {
    const { origin } = await createPort()
    const { ended } = await openTcp(origin, text)
    const [head = '', body = ''] = (await ended).split('\r\n\r\n')
    expect(head).toMatch(`HTTP/1.1 ${status} `)
    expect(head).toMatch(/content-type: application\/json/)
    expect(head).toMatch(/content-security-policy: default-src 'none'/)
    expect(JSON.parse(body)).toEqual({ error: { code } })
  })

  it('is answered in our shape: no Host', async () => {
    const { origin } = await createPort()
    const { status, body } = await answerOf(origin, 'GET /')
    expect([status, body]).toEqual([400, '{"error":{"code":"protocol/malformed","field":"host"}}'])
  })

  it('is not an expectation that nobody knows', async () => {
    const { origin } = await createPort()
    const answer = await answerOf(origin, 'GET /healthz', { Host: 'x', Expect: 'the-unexpected' })
    expect(answer.status).toBe(200)
  })

  it('is told with the reason when an upgrade is refused', async () => {
    const { origin } = await createPort()
    const headers = { Upgrade: 'websocket', Host: 'x' }
    const { ended } = await openTcp(
      origin,
      headOf('GET /ws', { ...headers, Connection: 'upgrade' }),
    )
    expect(await ended).toMatch(/\r\n\r\n\{"error":\{"code":"request\/forbidden"\}\}$/)
  })
})
