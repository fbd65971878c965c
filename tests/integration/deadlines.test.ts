import { mkdir, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { generate } from 'selfsigned'
import { describe, expect, it } from 'vitest'
import { createPort, type Port } from '../support/server/port.ts'
import { createTempDir } from '../support/server/testApp.ts'
import { headOf, openTcp, upgradeHead } from '../support/socket/tcp.ts'

/** So short that a test can wait for it; every other deadline is far away. */
const SOON_MS = 50
const FILE_BYTES = 32 * 1024 * 1024

/** Connections that the server has open. */
const openAt = ({ server }: Port): Promise<number> =>
  new Promise((resolve, reject) => {
    server.app.http.server.getConnections((error, count) => {
      if (error === null) resolve(count)
      else reject(error)
    })
  })

/** @returns when the server has let go of every connection */
const letGo = (port: Port) => expect.poll(() => openAt(port)).toBe(0)

/** A server with a file that is larger than what a system keeps for a client that does not read. */
async function portWithFile(deadlines: { silence: number } | { answer: number }): Promise<Port> {
  const dataDir = await createTempDir()
  await mkdir(join(dataDir, 'dist'))
  await writeFile(join(dataDir, 'dist', 'large.js'), Buffer.alloc(FILE_BYTES, 'x'))
  return createPort({ dataDir, deadlines })
}

const ofOwnPage = ({ origin }: Port) => ({ Origin: origin })

describe('[S26] the server lets go of', () => {
  it.each([
    ['the wrong page', '/ws', () => ({ Origin: 'https://evil.example' }), 403],
    ['no page', '/ws', () => ({}), 403],
    ['nobody who is logged in', '/ws', ofOwnPage, 401],
    ['another address', '/none', ofOwnPage, 404],
  ])('an upgrade from %s, which it refuses, though the client holds on', async (...of) => {
    const [, path, originOf, status] = of
    const port = await createPort()
    const Host = new URL(port.origin).host
    const head = upgradeHead({ Host, ...originOf(port) }, path)
    const clients = await Promise.all(Array.from({ length: 20 }, () => openTcp(port.origin, head)))
    for (const { ended } of clients) expect(await ended).toMatch(`HTTP/1.1 ${status} `)
    await letGo(port)
  })

  it('a client that says nothing', async () => {
    const port = await createPort({ deadlines: { head: SOON_MS, look: SOON_MS } })
    await openTcp(port.origin)
    await letGo(port)
  })

  it.each([
    ['says nothing', ''],
    ['begins a handshake and goes no further', '\u0016\u0003\u0001\u0002'],
    ['speaks http', headOf('GET /', { Host: 'x' })],
  ])('a client of https that %s', async (_what, text) => {
    const { cert, private: key } = await generate([{ name: 'commonName', value: 'localhost' }])
    const port = await createPort({ tls: { cert, key }, deadlines: { head: SOON_MS } })
    const { ended } = await openTcp(port.origin, text)
    await ended
    await letGo(port)
  })

  it('a request whose head never ends', async () => {
    const port = await createPort({ deadlines: { head: SOON_MS, look: SOON_MS } })
    const { ended } = await openTcp(port.origin, 'GET / HTTP/1.1\r\nHost: x\r\n')
    expect(await ended).toMatch('HTTP/1.1 408 ')
    await letGo(port)
  })

  it('a request whose body never ends', async () => {
    const deadlines = { head: SOON_MS, request: SOON_MS, look: SOON_MS }
    const port = await createPort({ deadlines })
    const head = headOf('POST /api/session', {
      Host: new URL(port.origin).host,
      Origin: port.origin,
      'Content-Type': 'application/json',
      'Content-Length': '1000',
    })
    const { ended } = await openTcp(port.origin, `${head}{`)
    expect(await ended).toMatch('{"error":{"code":"request/timed-out"}}')
    await letGo(port)
  })

  it('a client that has its answer and asks no more', async () => {
    const port = await createPort({ deadlines: { idle: SOON_MS } })
    const { ended } = await openTcp(port.origin, headOf('GET /healthz', { Host: 'x' }))
    expect(await ended).toMatch('HTTP/1.1 200 ')
    await letGo(port)
  })

  it('a client that does not read what it asked for', async () => {
    const port = await portWithFile({ silence: SOON_MS })
    const { socket } = await openTcp(port.origin, headOf('GET /large.js', { Host: 'x' }))
    socket.pause()
    await letGo(port)
  })

  it('a client that has not read it when its time is over', async () => {
    const port = await portWithFile({ answer: SOON_MS })
    const { socket } = await openTcp(port.origin, headOf('GET /large.js', { Host: 'x' }))
    socket.pause()
    await letGo(port)
  })
})

it('[S26] a connection outlives the minute for which a proxy keeps it', async () => {
  const { origin } = await createPort()
  const { headers } = await fetch(`${origin}/healthz`)
  const seconds = /^timeout=(\d+)$/.exec(headers.get('keep-alive') ?? '')?.[1]
  expect(Number(seconds)).toBeGreaterThan(60)
})
