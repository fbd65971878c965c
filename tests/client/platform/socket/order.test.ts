// @vitest-environment node
import { beforeEach, describe, expect, it } from 'vitest'
import { pass, settle, until, useVirtualTime } from '../../../support/server/virtualTime.ts'
import { createScriptedServer } from '../../../support/socket/scriptedServer.ts'
import { createService, ITEM, USER_ID } from '../../../support/socket/service.ts'

const call = (n: number) => `01a00000-0000-7000-8000-${String(n).padStart(12, '0')}`
const taken = (n: number) => ({ n, type: 'call.taken', body: { callId: call(n) } })

beforeEach(useVirtualTime)

async function online() {
  const server = await createScriptedServer()
  const under = createService(server)
  const heard: number[] = []
  under.service.onPush('call.taken', ({ callId }) => heard.push(Number(callId.slice(-12))))
  under.service.open(USER_ID)
  await under.whenOnline()
  const say = (...numbers: readonly number[]) => {
    for (const n of numbers) server.socket.say(taken(n))
    return settle()
  }
  const hellos = () => server.socket.heard.filter(({ type }) => type === 'hello')
  return { server, heard, say, hellos, ...under }
}

describe('numbered frames', () => {
  it('are heard in their order, each once', async () => {
    const { heard, say } = await online()
    await say(1, 2, 2, 1, 3)
    expect(heard).toEqual([1, 2, 3])
  })

  it('that come too early wait for those before them', async () => {
    const { heard, say } = await online()
    await say(3, 2)
    expect(heard).toEqual([])
    await say(1)
    expect(heard).toEqual([1, 2, 3])
  })

  it('are not asked for again when the order heals by itself', async () => {
    const { say, hellos } = await online()
    await say(2)
    await pass(200)
    await say(1)
    await pass(4_000)
    expect(hellos()).toHaveLength(1)
  })

  it('that are missing are asked for with what has arrived, until they come', async () => {
    const { heard, say, hellos } = await online()
    await say(1, 3)
    await until('it to be asked for', () => hellos().length === 2, { withinMs: 1_000 })
    expect(hellos()[1]?.body).toMatchObject({ received: 1 })
    await until('it to be asked for again', () => hellos().length === 3, { withinMs: 5_000 })
    await say(2, 3)
    expect(heard).toEqual([1, 2, 3])
    await pass(10_000)
    expect(hellos()).toHaveLength(3)
  })

  it('are asked for whatever else comes meanwhile', async () => {
    const { server, say, hellos } = await online()
    await say(1, 3)
    for (let n = 0; n < 10; n += 1) {
      await pass(50)
      server.socket.say({ type: 'feed.item', body: ITEM })
      await say(1)
    }
    expect(hellos()).toHaveLength(2)
  })

  it('that are gone for good do not hold up the rest for ever', async () => {
    const { heard, say } = await online()
    await say(1, 4, 5)
    await pass(19_000)
    expect(heard).toEqual([1])
    await until('the rest', () => heard.length === 3, { withinMs: 2_000 })
    await say(3, 6)
    expect(heard).toEqual([1, 4, 5, 6])
  })

  it('the last of which was lost are noticed with the next ping', async () => {
    const { server, heard, say, hellos } = await online()
    await say(1)
    server.sent = 2
    await until('it to be asked for', () => hellos().length === 2, { withinMs: 6_000 })
    server.sent = 2
    await say(2)
    expect(heard).toEqual([1, 2])
  })

  it('count on over a lost socket', async () => {
    const { server, heard, say, hellos } = await online()
    await say(1, 2)
    server.socket.close(1012)
    await until('another one', () => server.sockets.length === 2 && hellos().length > 0)
    expect(hellos()[0]?.body).toMatchObject({ received: 2, epoch: server.epoch })
    await settle()
    await say(2, 3)
    expect(heard).toEqual([1, 2, 3])
  })

  it('count on over a log-out, as the server’s do', async () => {
    const { server, service, heard, say, hellos, whenOnline } = await online()
    await say(1, 2, 4)
    service.close()
    service.open(USER_ID)
    await whenOnline()
    expect(hellos()[0]?.body).toMatchObject({ received: 2, epoch: server.epoch })
    // What waited for its turn was for who was logged in before.
    await say(3)
    expect(heard).toEqual([1, 2, 3])
  })

  it('begin anew with another life of the server', async () => {
    const { server, heard, say, whenOnline, service } = await online()
    await say(1, 2)
    server.epoch = '01a00000-0000-7000-8000-00000000000e'
    server.socket.close(1012)
    await until('it to be away', () => service.status === 'connecting')
    await whenOnline()
    await say(1, 2)
    expect(heard).toEqual([1, 2, 1, 2])
  })

  it('tell the server how far they came with every ping', async () => {
    const { server, say } = await online()
    await say(1, 2)
    await pass(5_100)
    const pings = server.socket.heard.filter(({ type }) => type === 'ping')
    expect(pings.at(-1)?.body).toEqual({ received: 2 })
  })
})

describe('frames without a number', () => {
  it('are heard at once, whatever is missing', async () => {
    const { server, service, say } = await online()
    let changes = 0
    service.onPush('feed.item', () => {
      changes += 1
    })
    await say(7)
    server.socket.say({ type: 'feed.item', body: ITEM })
    await settle()
    expect(changes).toBe(1)
  })
})

describe('frames that mean nothing to this client', () => {
  it.each([
    ['no JSON', '{'],
    ['no frame', '[]'],
    ['null', 'null'],
    ['a push of a later server', '{"type":"weather.changed","body":{}}'],
    ['a push that names a prototype', '{"type":"__proto__","body":{}}'],
    ['a push with another body', '{"type":"call.taken","n":1,"body":{"callId":7}}'],
    ['a reply to nobody', '{"replyTo":99,"ok":true,"body":{}}'],
    ['a complaint', '{"replyTo":null,"ok":false,"error":{"code":"protocol/malformed"}}'],
    ['an error of a later server', '{"replyTo":1,"ok":false,"error":{"code":"weather/bad"}}'],
  ])('%s: are skipped, and the next one is heard', async (_what, frame) => {
    const { server, service, heard, say } = await online()
    server.socket.say(frame)
    await say(1)
    expect(heard).toEqual([1])
    expect(service.status).toBe('online')
  })
})
