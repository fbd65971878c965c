import { once } from 'node:events'
import { createServer } from 'node:http'
import { describe, expect, it, onTestFinished } from 'vitest'
import { acceptUpgrades, type UpgradeOptions } from '#server/platform/gateway/upgrade.ts'
import { createLog } from '#server/platform/log/log.ts'
import { openTcp, upgradeHead } from '../../../support/socket/tcp.ts'

const OWNER = { userId: 'ann', sessionId: 's', expiresAt: Number.MAX_SAFE_INTEGER }

/** A server that lets everybody in whom `authenticate` knows. */
async function createDoor(options: Pick<UpgradeOptions, 'authenticate' | 'upgradeMs'>) {
  const server = createServer()
  let opened = 0
  const close = acceptUpgrades({
    ...options,
    server,
    log: createLog('silent'),
    hosts: { isServed: () => true },
    origins: { isOwn: () => true, isSecure: () => false },
    sockets: { enter: () => () => undefined },
    trustedProxies: 0,
    open: () => (opened += 1),
  })
  server.listen(0, '127.0.0.1')
  await once(server, 'listening')
  onTestFinished(() => void server.close())
  const address = server.address()
  if (address === null || typeof address === 'string') throw new Error('no port')
  const client = await openTcp(`http://127.0.0.1:${address.port}`, upgradeHead({ Host: 'x' }))
  return { client, close, opened: () => opened }
}

describe('acceptUpgrades', () => {
  it('[S26] lets go of who is still unknown after its time', async () => {
    const authenticate = () => new Promise<never>(() => undefined)
    const { client } = await createDoor({ authenticate, upgradeMs: 50 })
    expect(await client.ended).toBe('')
  })

  it('lets nobody in any more whom it was asking for when it closed', async () => {
    const known = Promise.withResolvers<typeof OWNER>()
    const asked = Promise.withResolvers<undefined>()
    const authenticate = () => {
      asked.resolve(undefined)
      return known.promise
    }
    const door = await createDoor({ authenticate, upgradeMs: 60_000 })
    await asked.promise
    door.close()
    known.resolve(OWNER)
    expect(await door.client.ended).toMatch('HTTP/1.1 500 ')
    expect(door.opened()).toBe(0)
  })
})
