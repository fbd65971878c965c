import { describe, expect, it } from 'vitest'
import { createPort, type Port } from '../support/server/port.ts'
import { openRawSocket, upgradeStatus } from '../support/socket/rawSocket.ts'
import { headOf, openTcp } from '../support/socket/tcp.ts'

const MAX = 5
const LIMIT = { SOCKETS_PER_ADDRESS: String(MAX) }
const BEHIND_PROXY = { ...LIMIT, TRUST_PROXY: '1' }

/** What a request of its own connection is answered; 0: not at all. */
async function statusAt({ origin }: Port): Promise<number> {
  const { ended } = await openTcp(
    origin,
    headOf('GET /healthz', { Connection: 'close', Host: 'x' }),
  )
  return Number(/^HTTP\/1\.1 (\d+)/.exec(await ended)?.[1] ?? 0)
}

describe('[S26] an address', () => {
  it('has so many connections and no more, until one of them is closed', async () => {
    const port = await createPort({ env: LIMIT })
    const held = []
    for (let n = 0; n < MAX; n += 1) held.push(await openTcp(port.origin))
    expect(await (await openTcp(port.origin)).ended).toBe('')
    held[0]?.socket.destroy()
    await expect.poll(() => statusAt(port)).toBe(200)
  })

  it('is named in the log when it has them all, once', async () => {
    const port = await createPort({ env: LIMIT })
    for (let n = 0; n < MAX; n += 1) await openTcp(port.origin)
    for (let n = 0; n < 3; n += 1) await (await openTcp(port.origin)).ended
    const told = port.server.logged.filter((line) => line.includes('SOCKETS_PER_ADDRESS'))
    expect(told.map((line): unknown => JSON.parse(line))).toEqual([
      expect.objectContaining({ level: 40, ip: '127.0.0.1' }),
    ])
  })
})

describe('[S26] behind a proxy', () => {
  it('the connections of the proxy are not counted', async () => {
    const port = await createPort({ env: BEHIND_PROXY })
    for (let n = 0; n < 2 * MAX; n += 1) await openTcp(port.origin)
    expect(await upgradeStatus({ origin: port.origin, forwardedFor: '192.0.2.1' })).toBe(401)
  })

  it('an address has so many WebSockets and no more, and others have theirs', async () => {
    const port = await createPort({ env: BEHIND_PROXY })
    const { cookie } = await port.server.demo(1)
    const { origin } = port
    const held = []
    for (let n = 0; n < MAX; n += 1) {
      held.push(await openRawSocket({ origin, cookie, forwardedFor: '192.0.2.1' }))
    }
    const more = { origin, cookie, forwardedFor: '198.51.100.7, 192.0.2.1' }
    expect(await upgradeStatus(more)).toBe(429)
    expect(await upgradeStatus({ origin, cookie, forwardedFor: '192.0.2.2' })).toBe(101)
    held[0]?.socket.close()
    await expect.poll(() => upgradeStatus(more)).toBe(101)
  })

  it('an address has so many requests at once and no more, and an error says so', async () => {
    const port = await createPort({ env: BEHIND_PROXY })
    const headers = { 'X-Forwarded-For': '192.0.2.1' }
    const slow = {
      ...headers,
      Origin: port.origin,
      Host: new URL(port.origin).host,
      'Content-Type': 'application/json',
      'Content-Length': '10',
    }
    for (let n = 0; n < MAX; n += 1) {
      const client = await openTcp(port.origin, headOf('POST /api/session', slow))
      client.write('{')
    }
    await expect
      .poll(async () => {
        const answer = await fetch(`${port.origin}/healthz`, { headers })
        return [answer.status, await answer.json()]
      })
      .toEqual([429, { error: { code: 'request/rate-limited' } }])
    const other = await fetch(`${port.origin}/healthz`, {
      headers: { 'X-Forwarded-For': '192.0.2.2' },
    })
    expect(other.status).toBe(200)
  })

  it('an address that has asked one thing after the other has its places back', async () => {
    const port = await createPort({ env: BEHIND_PROXY })
    for (let n = 0; n < 3 * MAX; n += 1) {
      const answer = await fetch(`${port.origin}/healthz`, {
        headers: { 'X-Forwarded-For': '192.0.2.1' },
      })
      expect(answer.status).toBe(200)
      await answer.text()
    }
  })
})
