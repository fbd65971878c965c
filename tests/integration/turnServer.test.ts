import { createServer, type AddressInfo } from 'node:net'
import { describe, expect, it } from 'vitest'
import { iceServersFor } from '#server/calls/iceServers.ts'
import { hasTurnServer, startTurnServer, type TurnServer } from '../support/turn/turnServer.ts'

/** A port that nobody uses. */
function freePort(): Promise<number> {
  return new Promise((resolve) => {
    const server = createServer().listen(0, '127.0.0.1', () => {
      const { port } = server.address() as AddressInfo
      server.close(() => {
        resolve(port)
      })
    })
  })
}

const start = async (): Promise<TurnServer> => startTurnServer(await freePort())

/** What Ahoy gives to a leg. */
function madeBy(secret: string, atMs = Date.now()) {
  const turn = { urls: ['turn:127.0.0.1'], secret }
  const [server] = iceServersFor({ stunUrls: [], turn }, atMs)
  return { username: server?.username ?? '', credential: server?.credential ?? '' }
}

const TWO_HOURS_MS = 2 * 60 * 60 * 1000

describe.skipIf(!hasTurnServer)('[S44] coturn as docs/turnserver.conf sets it up', () => {
  it('gives a place to who has the credentials that the server makes', async () => {
    const turn = await start()
    expect(await turn.client().allocate(madeBy(turn.secret))).toBe(0)
  })

  it('gives none without, with wrong or with old ones', async () => {
    const turn = await start()
    const old = madeBy(turn.secret, Date.now() - TWO_HOURS_MS - 60_000)
    for (const login of [null, madeBy('another secret'), old]) {
      expect(await turn.client().allocate(login)).toBe(401)
    }
  })

  it('relays to the open internet, and to nothing that stands behind it', async () => {
    const turn = await start()
    const login = madeBy(turn.secret)
    const client = turn.client()
    expect(await client.allocate(login)).toBe(0)
    // Only asked for: nothing is sent there.
    expect(await client.permit(login, '8.8.8.8')).toBe(0)
    for (const address of [
      ...['127.0.0.1', '0.0.0.0', '10.0.0.1', '100.64.0.1', '169.254.169.254', '172.16.0.1'],
      ...['192.168.1.1', '198.18.0.1', '224.0.0.1', '255.255.255.255'],
    ]) {
      expect([address, await client.permit(login, address)]).toEqual([address, 403])
    }
  })
})
