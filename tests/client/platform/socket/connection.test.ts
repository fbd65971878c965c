// @vitest-environment node
import { beforeEach, describe, expect, it } from 'vitest'
import type { CloseReason } from '#client/platform/socket/closeReason.ts'
import { pass, settle, until, useVirtualTime } from '../../../support/server/virtualTime.ts'
import { createScriptedServer } from '../../../support/socket/scriptedServer.ts'
import { createService, ITEM, USER_ID } from '../../../support/socket/service.ts'

beforeEach(useVirtualTime)

async function online() {
  const server = await createScriptedServer()
  const under = createService(server)
  under.service.open(USER_ID)
  await under.whenOnline()
  return { server, under, ...under }
}

describe('opening', () => {
  it('is connecting, then online; twice is once', async () => {
    const { server, service, statuses } = await online()
    service.open(USER_ID)
    await pass(1_000)
    expect(statuses).toEqual(['connecting', 'online'])
    expect(server.sockets).toHaveLength(1)
  })

  it('again after a closing connects again', async () => {
    const { server, service, whenOnline } = await online()
    service.close()
    service.open(USER_ID)
    await whenOnline()
    expect(server.sockets).toHaveLength(2)
  })
})

describe('a connection that breaks', () => {
  it.each([1001, 1011, 1012, 4004, 4008])('with %i is made anew', async (code) => {
    const { server, statuses, refusals } = await online()
    server.socket.close(code)
    await until('another one', () => server.sockets.length === 2)
    await until('it to be online', () => statuses.at(-1) === 'online')
    expect(statuses).toEqual(['connecting', 'online', 'connecting', 'online'])
    expect(refusals).toEqual([])
  })

  it('is tried at most every 5 s, and without end', async () => {
    const { server } = await online()
    server.refuseWith = 503
    server.socket.close(1012)
    await pass(60_000)
    const { attempts } = server
    expect(attempts).toBeGreaterThan(12)
    await pass(60_000)
    expect(server.attempts - attempts).toBeGreaterThanOrEqual(11)
    expect(server.attempts - attempts).toBeLessThan(30)
  })
})

describe('a close that is final', () => {
  it.each([
    [4001, 'signed-out'],
    [4002, 'outdated'],
    [4003, 'superseded'],
    [4005, 'too-many'],
  ] as const)('%i is told as %s, and nothing is tried again', async (code, reason) => {
    const { server, statuses, refusals } = await online()
    server.socket.close(code)
    await until('it to be told', () => refusals.length > 0)
    await pass(60_000)
    expect(refusals).toEqual([reason])
    expect(statuses.at(-1)).toBe('offline')
    expect(server.attempts).toBe(1)
  })
})

describe('an upgrade that is refused', () => {
  it('because the session is over is told as signed out', async () => {
    const server = await createScriptedServer()
    const under = createService(server)
    server.refuseWith = 401
    under.whyRefused = () => Promise.resolve('signed-out')
    under.service.open(USER_ID)
    await until('it to be told', () => under.refusals.length > 0)
    await pass(30_000)
    expect(under.refusals).toEqual(['signed-out'])
    expect(server.attempts).toBe(1)
  })

  it.each([
    ['says yes', () => Promise.resolve(null)],
    ['can’t be reached either', () => Promise.reject(new Error('offline'))],
  ])('while HTTP %s is tried again', async (_what, whyRefused) => {
    const server = await createScriptedServer()
    const under = createService(server)
    server.refuseWith = 503
    under.whyRefused = whyRefused
    under.service.open(USER_ID)
    await until('some attempts', () => server.attempts > 2)
    server.refuseWith = null
    await under.whenOnline()
    expect(under.refusals).toEqual([])
  })

  it('and an answer about it that comes after the next log-in means nothing', async () => {
    const server = await createScriptedServer()
    const under = createService(server)
    const { promise, resolve } = Promise.withResolvers<CloseReason | null>()
    server.refuseWith = 401
    under.whyRefused = () => promise
    under.service.open(USER_ID)
    await until('an attempt', () => server.attempts > 0)
    await pass(100)
    under.service.close()
    server.refuseWith = null
    under.whyRefused = () => Promise.resolve(null)
    under.service.open(USER_ID)
    await under.whenOnline()
    resolve('signed-out')
    await pass(100)
    expect(under.refusals).toEqual([])
    expect(under.service.status).toBe('online')
  })
})

describe('a connection that is dead without a word', () => {
  it('is noticed within 15 s', async () => {
    const { server } = await online()
    await pass(12_345)
    server.socket.isSilent = true
    await until('another one', () => server.sockets.length === 2, { withinMs: 15_000 })
  })

  it('is noticed within 15 s also when it dies at the hello', async () => {
    const { server } = await online()
    server.isDead = true
    server.socket.close(1012)
    await until('another one', () => server.sockets.length === 2)
    await until('one after it', () => server.sockets.length === 3, { withinMs: 15_000 })
  })

  it('is not one that only has nothing to say', async () => {
    const { server, statuses } = await online()
    await pass(120_000, 100)
    expect(server.sockets).toHaveLength(1)
    expect(statuses).toEqual(['connecting', 'online'])
  })
})

describe('waking up', () => {
  it('tries at once when the network is back', async () => {
    const { server, fire, statuses } = await online()
    server.refuseWith = 503
    server.socket.close(1012)
    await pass(30_000)
    server.refuseWith = null
    const { attempts } = server
    fire.online()
    await until('it to be online', () => statuses.at(-1) === 'online', { withinMs: 200 })
    expect(server.attempts).toBe(attempts + 1)
  })

  it('asks whether the connection still stands, and leaves it when it does', async () => {
    const { server, fire } = await online()
    fire.visible()
    await pass(4_000)
    expect(server.sockets).toHaveLength(1)
  })

  it('makes the connection anew when it does not answer in 2.5 s', async () => {
    const { server, fire } = await online()
    server.socket.isSilent = true
    fire.visible()
    await until('another one', () => server.sockets.length === 2, { withinMs: 3_000 })
  })

  it('opens nothing that is closed for good', async () => {
    const { server, service, fire } = await online()
    service.close()
    fire.online()
    fire.visible()
    await pass(10_000)
    expect(server.attempts).toBe(1)
  })
})

it('a tab that goes says so', async () => {
  const { server, fire } = await online()
  fire.unload()
  await settle()
  expect(server.socket.asked.map(({ type }) => type)).toEqual(['bye'])
})

it('a listener that stops listening hears nothing more', async () => {
  const { server, service } = await online()
  const heard: string[] = []
  const stops = [
    service.onStatus((status) => heard.push(status)),
    service.onRefused((reason) => heard.push(reason)),
    service.onPush('feed.item', () => heard.push('push')),
  ]
  for (const stop of stops) stop()
  server.socket.say({ type: 'feed.item', body: ITEM })
  server.socket.close(4001)
  await until('the end', () => service.status === 'offline')
  expect(heard).toEqual([])
})
