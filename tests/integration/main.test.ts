import { once } from 'node:events'
import { readdir, readFile, writeFile } from 'node:fs/promises'
import type { IncomingMessage } from 'node:http'
import { request } from 'node:https'
import { connect, createServer, type AddressInfo } from 'node:net'
import { join } from 'node:path'
import { DatabaseSync } from 'node:sqlite'
import { generate } from 'selfsigned'
import { describe, expect, it, onTestFinished } from 'vitest'
import { openDatabase } from '#server/platform/database/database.ts'
import { logIn } from '../support/server/logIn.ts'
import { startServer } from '../support/server/serverProcess.ts'
import { createTempDir } from '../support/server/testApp.ts'
import { openTcp, upgradeHead } from '../support/socket/tcp.ts'

describe('main', () => {
  it('says where it listens, serves, and closes cleanly when asked to', async () => {
    const server = await startServer({})
    const url = await server.address()
    expect(url).toMatch(/^http:\/\/127\.0\.0\.1:\d+$/)
    const health = await fetch(`${url}/healthz`)
    expect(await health.json()).toEqual({ status: 'ok' })
    server.signal('SIGTERM')
    expect(await server.exited).toBe(0)
  })

  it('[S26] closes cleanly although a request never ends', async () => {
    const server = await startServer({})
    const { hostname, port } = new URL(await server.address())
    const slow = connect(Number(port), hostname)
    onTestFinished(() => void slow.destroy())
    await once(slow, 'connect')
    slow.write('GET /healthz HTTP/1.1\r\nHost: x\r\n')
    slow.on('error', () => undefined)
    server.signal('SIGINT')
    expect(await server.exited).toBe(0)
  })

  it.each([
    ['an upgrade that was refused, and is held open', 'https://evil.example', 'HTTP/1.1 403 '],
    ['a WebSocket that does not answer the goodbye', null, 'HTTP/1.1 101 '],
  ])('[S26] closes cleanly although there is %s', async (_what, foreign, status) => {
    const server = await startServer({})
    const origin = await server.address()
    const { cookie } = await logIn(origin)
    const headers = { Host: new URL(origin).host, Origin: foreign ?? origin, Cookie: cookie }
    const client = await openTcp(origin, upgradeHead(headers))
    await expect.poll(() => client.text).toMatch(status)
    server.signal('SIGTERM')
    expect(await server.exited).toBe(0)
  })

  it('does not start with a wrong setting, and says what would be right', async () => {
    const server = await startServer({ PORT: 'eighty', LOG_LEVEL: 'loud' })
    expect(await server.exited).toBe(1)
    const { stdout, stderr } = server.output
    expect(stderr).toContain('PORT must be a whole number from 0 to 65535, is "eighty"')
    expect(stderr).toContain('LOG_LEVEL must be one of')
    expect(stderr).not.toContain('    at ')
    expect(stdout).toBe('')
  })

  it('does not start without its database, and says where that should be, but no password', async () => {
    const server = await startServer({ DATABASE_URL: 'postgres://ahoy:sesame@127.0.0.1:1/ahoy' })
    expect(await server.exited).toBe(1)
    const { stdout, stderr } = server.output
    expect(stderr).toMatch(/^The database at 127\.0\.0\.1:1\/ahoy can't be used: .*ECONNREFUSED/)
    expect(stderr + stdout).not.toContain('sesame')
    expect(stderr).not.toContain('    at ')
  })

  it('does not start on a file that is no database, and says which', async () => {
    const directory = await createTempDir()
    const path = join(directory, 'ahoy.sqlite')
    await writeFile(path, 'This is a letter, and no database at all.\n'.repeat(100))
    const server = await startServer({ DATA_DIR: directory })
    expect(await server.exited).toBe(1)
    expect(server.output.stderr).toBe(
      `The database at ${path} can't be used: file is not a database\n`,
    )
  })

  it('[CA13] starts although what is left of calls is unreadable, puts that aside, and says so', async () => {
    const directory = await createTempDir()
    await writeFile(join(directory, 'calls.unwritten.json'), '[{"type":"op')
    const server = await startServer({ DATA_DIR: directory })
    await server.address()
    const [aside = ''] = (await readdir(directory)).filter((name) => name.includes('broken'))
    expect(await readFile(join(directory, aside), 'utf8')).toBe('[{"type":"op')
    expect(server.output.stdout).toContain(aside)
  })

  it.each([
    [
      'a newer version',
      `INSERT INTO kysely_migration VALUES ('9999-later', '')`,
      'a newer version of Ahoy',
    ],
    ['another program', 'DROP TABLE kysely_migration', 'of another program'],
  ])('does not start on the database of %s, and says so in words', async (_what, sql, words) => {
    const directory = await createTempDir()
    const db = await openDatabase(directory)
    await db.destroy()
    const path = join(directory, 'ahoy.sqlite')
    const other = new DatabaseSync(path)
    other.exec(sql)
    other.close()
    const server = await startServer({ DATA_DIR: directory })
    expect(await server.exited).toBe(1)
    const { stderr } = server.output
    expect(stderr).toContain(`The database at ${path} can't be used: it `)
    expect(stderr).toContain(words)
    expect(stderr.trim().split('\n')).toHaveLength(1)
  })

  it('does not start where it may not keep a database, and says where', async () => {
    const file = join(await createTempDir(), 'file')
    await writeFile(file, '')
    const server = await startServer({ DATA_DIR: join(file, 'data') })
    expect(await server.exited).toBe(1)
    expect(server.output.stderr).toMatch(
      /^The database at .*\/file\/data\/ahoy\.sqlite can't be used: .*\n$/,
    )
  })

  it('does not start on a port that is taken, and says so', async () => {
    const other = createServer().listen(0, '127.0.0.1')
    onTestFinished(() => void other.close())
    await once(other, 'listening')
    const { port } = other.address() as AddressInfo
    const server = await startServer({ NODE_ENV: 'production', PORT: String(port) })
    expect(await server.exited).toBe(1)
    expect(server.output.stderr).toBe(
      `The configuration is wrong:\n  PORT ${port} of HOST 127.0.0.1 can't be listened on: it is in use\n`,
    )
  })

  it('does not start with a certificate that is none, and says which settings name it', async () => {
    const path = join(await createTempDir(), 'pem')
    await writeFile(path, 'no certificate')
    const server = await startServer({ TLS_CERT: path, TLS_KEY: path })
    expect(await server.exited).toBe(1)
    expect(server.output.stderr).toMatch(
      /^The configuration is wrong:\n {2}TLS_CERT and TLS_KEY must be a certificate and its key in PEM \(.*\)\n$/,
    )
  })

  it('does not start with a certificate that is not there', async () => {
    const server = await startServer({ TLS_CERT: '/none/cert.pem', TLS_KEY: '/none/key.pem' })
    expect(await server.exited).toBe(1)
    expect(server.output.stderr).toContain('TLS_CERT must be the path of a readable PEM file')
  })

  it('[S5] speaks https with a certificate, and the cookie is a __Host- one', async () => {
    const directory = await createTempDir()
    const [certPath, keyPath] = [join(directory, 'cert.pem'), join(directory, 'key.pem')]
    const { cert, private: key } = await generate([{ name: 'commonName', value: 'localhost' }])
    await Promise.all([writeFile(certPath, cert), writeFile(keyPath, key)])
    const server = await startServer({ TLS_CERT: certPath, TLS_KEY: keyPath })
    const url = await server.address()
    expect(url).toMatch(/^https:/)
    const login = request(`${url}/api/session`, {
      method: 'POST',
      rejectUnauthorized: false,
      headers: { origin: url, 'content-type': 'application/json' },
    })
    login.end(JSON.stringify({ mobile: '13006789001', password: '123456' }))
    const [response] = (await once(login, 'response')) as [IncomingMessage]
    response.resume()
    expect(response.statusCode).toBe(200)
    expect(response.headers['set-cookie']?.join()).toMatch(/^__Host-ahoy=[\w-]{43}; .*; Secure;/)
    expect(response.headers['strict-transport-security']).toBe('max-age=63072000')
  })
})
