import { mkdir, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { createTempDir, createTestApp } from '../support/server/testApp.ts'
import { textWith } from '../support/server/matching.ts'

const LOGIN = { mobile: '13006789001', password: '123456' }
const FORBIDDEN = { status: 403, body: { error: { code: 'request/forbidden' } } }
const CSP =
  "default-src 'none'; script-src 'self' 'wasm-unsafe-eval'; style-src 'self'; img-src 'self' blob: data:; " +
  "media-src 'self' blob:; connect-src 'self'; worker-src 'self' blob:; manifest-src 'self'; " +
  "font-src 'self'; base-uri 'none'; object-src 'none'; form-action 'self'; " +
  "frame-ancestors 'none'; require-trusted-types-for 'script'; trusted-types vue default ahoy-worker"

async function createBuiltApp() {
  const dataDir = await createTempDir()
  const assets = join(dataDir, 'dist', 'assets')
  await mkdir(assets, { recursive: true })
  await writeFile(join(dataDir, 'dist', 'index.html'), '<!doctype html><title>Ahoy</title>')
  await writeFile(join(assets, 'index-abc123.js'), 'export {}')
  await mkdir(join(dataDir, 'dist', '.vite'))
  await writeFile(join(dataDir, 'dist', '.vite', 'manifest.json'), '{"Ahoy":{}}')
  return createTestApp({ dataDir })
}

describe('[S8] unsafe methods', () => {
  it.each([
    ['a foreign origin', { origin: 'https://evil.example' }],
    ['a look-alike origin', { origin: 'http://ahoy.example.evil' }],
    ['the origin null', { origin: 'null' }],
    [
      'a foreign origin that claims to be the same site',
      {
        origin: 'https://evil.example',
        'sec-fetch-site': 'same-origin',
      },
    ],
  ])('are refused from %s', async (_, headers) => {
    const { browser } = await createTestApp()
    expect(await browser().post('/api/session', LOGIN, headers)).toMatchObject(FORBIDDEN)
    expect(await browser().delete('/api/session', headers)).toMatchObject(FORBIDDEN)
  })

  it.each(['cross-site', 'same-site', 'none'])(
    'without an Origin are refused when the browser says %s',
    async (site) => {
      const { app } = await createTestApp()
      const response = await app.http.inject({
        method: 'POST',
        url: '/api/session',
        headers: { 'content-type': 'application/json', 'sec-fetch-site': site },
        payload: LOGIN,
      })
      expect(response.statusCode).toBe(403)
    },
  )

  it('without an Origin are taken when the browser says same-origin, refused when it says nothing', async () => {
    const { app } = await createTestApp()
    const send = (headers: Record<string, string>) =>
      app.http.inject({ method: 'POST', url: '/api/session', headers, payload: LOGIN })
    expect((await send({ 'sec-fetch-site': 'same-origin' })).statusCode).toBe(200)
    expect((await send({})).statusCode).toBe(403)
  })

  it('are taken from an allowed origin', async () => {
    const { browser } = await createTestApp({ env: { ALLOWED_ORIGINS: 'https://web.example' } })
    const headers = { origin: 'https://web.example' }
    expect(await browser().post('/api/session', LOGIN, headers)).toMatchObject({ status: 200 })
  })

  it.each([
    'text/plain',
    'application/x-www-form-urlencoded',
    'multipart/form-data; boundary=x',
    '',
  ])('carry JSON and nothing that a form could send: "%s"', async (type) => {
    const { browser } = await createTestApp()
    const answer = await browser().post('/api/session', LOGIN, { 'content-type': type })
    expect(answer.status).toBe(400)
    expect(answer.body).toEqual({ error: { code: 'protocol/malformed', field: 'content-type' } })
  })

  it('change nothing when refused', async () => {
    const { demo } = await createTestApp()
    const tab = await demo(1)
    await tab.delete('/api/session', { origin: 'https://evil.example' })
    expect(await tab.get('/api/session')).toMatchObject({ status: 200 })
  })
})

describe('errors', () => {
  it.each([
    ['no JSON', '{', 400, 'protocol/malformed'],
    ['nothing', '', 400, 'protocol/malformed'],
    ['a key that would change prototypes', '{"__proto__":{"x":1}}', 400, 'protocol/malformed'],
    ['too much', JSON.stringify({ mobile: 'x'.repeat(64 * 1024) }), 413, 'protocol/too-large'],
  ])('a body with %s gets a typed one', async (_, payload, status, code) => {
    const { app } = await createTestApp()
    const response = await app.http.inject({
      method: 'POST',
      url: '/api/session',
      headers: { 'content-type': 'application/json', 'sec-fetch-site': 'same-origin' },
      payload,
    })
    expect(response.statusCode).toBe(status)
    expect(response.json()).toEqual({ error: { code } })
  })

  it('of ours are logged and tell nothing', async () => {
    const { browser, logged, execute } = await createTestApp()
    execute("UPDATE users SET password_hash = 'broken'")
    const answer = await browser().post('/api/session', LOGIN)
    expect(answer.status).toBe(500)
    expect(answer.body).toEqual({ error: { code: 'request/server' } })
    const [line = ''] = logged.filter((entry) => entry.includes('"level":50'))
    expect(JSON.parse(line)).toMatchObject({
      code: 'request/server',
      route: '/api/session',
      err: { message: textWith('PHC') },
    })
  })

  it('an unknown address of the API is one, in JSON', async () => {
    const { browser } = await createBuiltApp()
    const answer = await browser().get('/api/none', { accept: 'text/html' })
    expect(answer.status).toBe(404)
    expect(answer.body).toEqual({ error: { code: 'request/not-found' } })
  })
})

describe('[S31] [S32] the security headers', () => {
  it.each(['/', '/healthz', '/api/session', '/none.js', '/assets/index-abc123.js'])(
    'are on %s',
    async (path) => {
      const { browser } = await createBuiltApp()
      const { headers } = await browser().get(path, { accept: 'text/html' })
      expect(headers).toMatchObject({
        'content-security-policy': CSP,
        'x-content-type-options': 'nosniff',
        'referrer-policy': 'no-referrer',
        'cross-origin-opener-policy': 'same-origin',
        'cross-origin-resource-policy': 'same-origin',
        'permissions-policy':
          'camera=(self), microphone=(self), display-capture=(self), fullscreen=(self), ' +
          'picture-in-picture=(self)',
      })
      expect(headers).not.toHaveProperty('strict-transport-security')
      expect(headers).not.toHaveProperty('access-control-allow-origin')
    },
  )

  it('bind to https only where it is spoken', async () => {
    const { browser } = await createTestApp({ env: { TRUST_PROXY: '1' } })
    const { headers } = await browser({ isHttps: true }).get('/healthz')
    expect(headers['strict-transport-security']).toBe('max-age=63072000')
    expect((await browser().get('/healthz')).headers).not.toHaveProperty(
      'strict-transport-security',
    )
  })
})

describe('the client', () => {
  it.each(['/', '/contacts/some-id', '/login?next=%2F'])(
    'answers %s with the page',
    async (path) => {
      const { browser } = await createBuiltApp()
      const answer = await browser().get(path, { accept: 'text/html,*/*' })
      expect(answer).toMatchObject({ status: 200, body: '<!doctype html><title>Ahoy</title>' })
      expect(answer.headers['cache-control']).toBe('no-cache')
    },
  )

  it.each([
    '/chats/%00',
    '/chats/%',
    '/chats/%E0%A4%A',
    '/%c0%ae%c0%ae/x',
    '/chats/..%2f..%2fahoy.sqlite',
    '/chats/%5c..%5cx',
    `/chats/${'x'.repeat(5_000)}`,
  ])('answers %s with the page too: the app says that there is no such thing', async (path) => {
    const { browser } = await createBuiltApp()
    const answer = await browser().get(path, { accept: 'text/html,*/*' })
    expect(answer).toMatchObject({ status: 200, body: '<!doctype html><title>Ahoy</title>' })
  })

  it('keeps hashed files for good', async () => {
    const { browser } = await createBuiltApp()
    const { status, headers } = await browser().get('/assets/index-abc123.js')
    expect(status).toBe(200)
    expect(headers['cache-control']).toBe('public, max-age=31536000, immutable')
    expect(headers['content-type']).toMatch(/javascript/)
  })

  it.each([
    '/assets/index-gone.js',
    '/favicon.png',
    '/../../etc/passwd',
    '/%2e%2e/ahoy.sqlite',
    '/ahoy.sqlite',
    '/.vite/manifest.json',
    '/%2evite/manifest.json',
  ])('has no %s, and says so without the page', async (path) => {
    const { browser } = await createBuiltApp()
    const answer = await browser().get(path, { accept: '*/*' })
    expect(answer.status).toBeGreaterThanOrEqual(400)
    expect(answer.status).toBeLessThan(500)
    expect(JSON.stringify(answer.body)).not.toContain('Ahoy')
  })

  it('is not kept by anybody where it is data', async () => {
    const { demo } = await createTestApp()
    const { headers } = await (await demo(1)).get('/api/contacts')
    expect(headers['cache-control']).toBe('no-store')
  })
})
