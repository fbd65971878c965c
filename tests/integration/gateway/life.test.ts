import { beforeEach, describe, expect, it, onTestFinished, vi } from 'vitest'
import {
  HEARTBEAT_INTERVAL_MS,
  HEARTBEAT_TIMEOUT_MS,
  HELLO_TIMEOUT_MS,
  SESSION_TTL_MS,
  SOCKETS_PER_USER,
} from '#shared/limits.ts'
import { createPort, type Port } from '../../support/server/port.ts'
import { upgradeStatus } from '../../support/socket/rawSocket.ts'

const PING = { received: 0 }

beforeEach(() => {
  // The heartbeat of the server, beaten by the test.
  vi.useFakeTimers({ toFake: ['setInterval', 'clearInterval'] })
  onTestFinished(() => {
    vi.useRealTimers()
  })
})

/** Server time passes, one heartbeat after the other; pongs come back in between. */
async function passBeats(port: Port, ms: number) {
  for (let passed = 0; passed < ms; passed += HEARTBEAT_INTERVAL_MS) {
    port.server.clock.advance(HEARTBEAT_INTERVAL_MS)
    vi.advanceTimersByTime(HEARTBEAT_INTERVAL_MS)
    for (let turn = 0; turn < 10; turn += 1) await new Promise(setImmediate)
  }
}

describe('a socket', () => {
  it.each([0, 1, 99])(
    'of version %i of the protocol is told to reload (4002)',
    async (protocol) => {
      const { server, open } = await createPort()
      const socket = await open(await server.demo(1))
      void socket.hello({ protocol })
      expect(await socket.closed).toBe(4002)
      expect(socket.frames).toEqual([])
    },
  )

  it('that is a newer one of the same tab takes its place: the older closes with 4003', async () => {
    const { server, tab, open } = await createPort()
    const browser = await server.demo(1)
    const older = await tab(browser)
    const newer = await open(browser)
    await newer.hello({ legId: older.legId, deviceId: older.deviceId })
    expect(await older.closed).toBe(4003)
    expect(await newer.ask('ping', PING)).toMatchObject({ ok: true })
  })

  it('with the leg id of somebody else’s tab takes nobody’s place', async () => {
    const { person, open, server } = await createPort()
    const { tab } = await person(1)
    const thief = await open(await server.demo(2))
    await thief.hello({ legId: tab.legId, deviceId: tab.deviceId })
    expect(await tab.ask('ping', PING)).toMatchObject({ ok: true })
    expect(await thief.ask('ping', PING)).toMatchObject({ ok: true })
  })

  it('beyond the number that one user may have closes with 4005, and the others stay', async () => {
    const { server, open, tab, person } = await createPort()
    const browser = await server.demo(1)
    const first = await tab(browser)
    for (let n = 1; n < SOCKETS_PER_USER; n += 1) await open(browser)
    const beyond = await open(browser)
    expect(await beyond.closed).toBe(4005)
    expect(await first.ask('ping', PING)).toMatchObject({ ok: true })
    expect(await (await person(2)).tab.ask('ping', PING)).toMatchObject({ ok: true })
  })

  it('that closes makes room for another one', async () => {
    const { server, open, tab } = await createPort()
    const browser = await server.demo(1)
    const sockets = []
    for (let n = 0; n < SOCKETS_PER_USER; n += 1) sockets.push(await open(browser))
    const [leaving] = sockets
    leaving?.socket.close()
    await leaving?.closed
    await expect.poll(() => server.app.gateway.connectionCount).toBeLessThan(SOCKETS_PER_USER)
    expect(await (await tab(browser)).ask('ping', PING)).toMatchObject({ ok: true })
  })

  it('that never says hello closes with 4004', async () => {
    const port = await createPort()
    const socket = await port.open(await port.server.demo(1))
    await passBeats(port, HELLO_TIMEOUT_MS + HEARTBEAT_INTERVAL_MS)
    expect(await socket.closed).toBe(4004)
  })

  it('that only answers pings stays', async () => {
    const port = await createPort()
    const { tab } = await port.person(1)
    await passBeats(port, 20 * HEARTBEAT_TIMEOUT_MS)
    expect(await tab.ask('ping', PING)).toMatchObject({ ok: true })
  })

  it('that gives no sign of life is dropped', async () => {
    const port = await createPort()
    const browser = await port.server.demo(1)
    const socket = await port.open(browser, { ws: { autoPong: false } })
    await socket.hello()
    await passBeats(port, HEARTBEAT_TIMEOUT_MS + HEARTBEAT_INTERVAL_MS)
    expect(await socket.closed).toBe(1006)
    expect(port.server.app.gateway.connectionCount).toBe(0)
  })

  it('[S3] of a session that is over closes with the next heartbeat, and can’t come back', async () => {
    const port = await createPort()
    const browser = await port.server.demo(1)
    const socket = await port.tab(browser)
    port.server.clock.advance(SESSION_TTL_MS)
    vi.advanceTimersByTime(HEARTBEAT_INTERVAL_MS)
    expect(await socket.closed).toBe(4004)
    expect(await upgradeStatus({ origin: port.origin, cookie: browser.cookie })).toBe(401)
  })

  it('[F12] that does not read is closed with 4008 at 1 MiB, and nobody else waits', async () => {
    const { server, person } = await createPort()
    const [slow, bob] = [await person(1), await person(2)]
    slow.tab.socket.pause()
    const request = {
      id: slow.id,
      direction: 'sent',
      user: { id: slow.id, nickname: 'x' },
    } as const
    const push = {
      type: 'feed.item',
      body: {
        pos: 1,
        entry: {
          kind: 'request',
          request: { ...request, greeting: 'x'.repeat(60_000), status: 'pending', createdAt: 0 },
        },
      },
    } as const
    for (let n = 0; n < 500; n += 1) server.app.bus.publish(slow.id, push)
    expect(await bob.tab.ask('ping', PING)).toMatchObject({ ok: true })
    slow.tab.socket.resume()
    expect(await slow.tab.closed).toBe(4008)
    expect(slow.tab.pushes.length).toBeLessThan(500)
  })
})

describe('the end of the server', () => {
  it('is said to every socket with 1012', async () => {
    const { server, person } = await createPort()
    const tabs = [(await person(1)).tab, (await person(2)).tab]
    const closing = server.app.close()
    expect(await Promise.all(tabs.map(({ closed }) => closed))).toEqual([1012, 1012])
    await closing
  })

  it('does not wait for a socket that says no goodbye', async () => {
    const { server, person } = await createPort()
    const { tab } = await person(1)
    tab.socket.pause()
    await expect(server.app.close()).resolves.toBeUndefined()
  })
})
