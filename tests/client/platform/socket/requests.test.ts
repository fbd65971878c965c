// @vitest-environment node
import { beforeEach, describe, expect, it } from 'vitest'
import { PROTOCOL_VERSION, REQUEST_RETRY_MS } from '#shared/limits.ts'
import { pass, settle, until, useVirtualTime } from '../../../support/server/virtualTime.ts'
import { createScriptedServer } from '../../../support/socket/scriptedServer.ts'
import { createService, LEG_ID, USER_ID } from '../../../support/socket/service.ts'

const CALL = '01a00000-0000-7000-8000-00000000000c'
const OTHER = '01a00000-0000-7000-8000-00000000000d'

beforeEach(useVirtualTime)

async function online() {
  const server = await createScriptedServer()
  const under = createService(server)
  under.service.open(USER_ID)
  await under.whenOnline()
  return { server, ...under }
}

/** What becomes of a request, in a word. */
const fateOf = (request: Promise<unknown>) => {
  const fate = { word: 'waits' }
  request.then(
    () => (fate.word = 'answered'),
    (error: unknown) => (fate.word = String(error)),
  )
  return fate
}

const RINGING = { callId: CALL, audible: true, visible: true, early: true }

/** The server has too much to do for the first request. */
function refuse(
  { socket }: Awaited<ReturnType<typeof online>>['server'],
  wait: { retryAfterMs?: number },
): void {
  const error = { code: 'request/rate-limited', ...wait }
  socket.say({ replyTo: socket.asked[0]?.id, ok: false, error })
}

describe('a request', () => {
  it('that was aborted is not said again, and an answer that still comes counts', async () => {
    const { server, service } = await online()
    const leaving = new AbortController()
    const fate = fateOf(service.request('call.cancel', { callId: CALL }, leaving.signal))
    await settle()
    leaving.abort()
    await pass(2 * REQUEST_RETRY_MS)
    expect(server.socket.asked).toHaveLength(1)
    server.socket.reply(server.socket.asked[0]?.id, {})
    await settle()
    expect(fate.word).toBe('answered')
  })

  it('goes out after the hello, and its reply finds it by its number', async () => {
    const { server, service } = await online()
    const [first, second] = [
      service.request('call.cancel', { callId: CALL }),
      service.request('call.cancel', { callId: OTHER }),
    ].map(fateOf)
    await settle()
    expect(server.socket.heard[0]).toMatchObject({
      type: 'hello',
      body: { protocol: PROTOCOL_VERSION, legId: LEG_ID, userId: USER_ID, received: 0 },
    })
    expect(server.socket.asked.map(({ body }) => body)).toEqual([
      { callId: CALL },
      { callId: OTHER },
    ])
    server.socket.reply(server.socket.asked[1]?.id, {})
    await settle()
    expect([first?.word, second?.word]).toEqual(['waits', 'answered'])
  })

  it('fails with the typed error of the server', async () => {
    const { server, service } = await online()
    const asked = service.request('call.accept', { callId: CALL })
    await settle()
    const error = { code: 'call/taken' }
    server.socket.say({ replyTo: server.socket.asked[0]?.id, ok: false, error })
    await expect(asked).rejects.toMatchObject(error)
  })

  it('fails when the reply is not what the protocol promises', async () => {
    const { server, service } = await online()
    const asked = service.request('call.accept', { callId: CALL })
    await settle()
    server.socket.reply(server.socket.asked[0]?.id, { callId: CALL, acceptedAt: 'now' })
    await expect(asked).rejects.toMatchObject({ code: 'protocol/malformed' })
  })

  it('is said again every 3 s under its number until it is answered', async () => {
    const { server, service } = await online()
    const fate = fateOf(service.request('call.cancel', { callId: CALL }))
    await pass(6_500)
    const { asked } = server.socket
    expect(asked).toHaveLength(3)
    expect(new Set(asked.map(({ id }) => id)).size).toBe(1)
    server.socket.reply(asked[0]?.id, {})
    server.socket.reply(asked[0]?.id, {})
    await pass(10_000)
    expect(fate.word).toBe('answered')
    expect(server.socket.asked).toHaveLength(3)
  })

  it.each([
    ['call.accept', 15_000],
    ['call.hangup', 45_000],
    ['call.cancel', 45_000],
    ['call.reject', 45_000],
  ] as const)('%s fails as timed out after %i ms, and is not said any more', async (type, ms) => {
    const { server, service } = await online()
    const fate = fateOf(service.request(type, { callId: CALL }))
    await pass(ms - 100)
    expect(fate.word).toBe('waits')
    await pass(200)
    expect(fate.word).toContain('request/timed-out')
    const said = server.socket.asked.length
    await pass(10_000)
    expect(server.socket.asked).toHaveLength(said)
  })

  it('of before a lost socket is said again after the next hello, in order', async () => {
    const { server, service } = await online()
    const fates = [CALL, OTHER].map((callId) => fateOf(service.request('call.cancel', { callId })))
    await settle()
    const before = server.socket
    before.close(1012)
    // Sooner than the next repetition by itself.
    await until(
      'another socket',
      () => server.sockets.length === 2 && server.socket.asked.length > 1,
      { withinMs: 2_000 },
    )
    expect(server.socket.heard[0]?.type).toBe('hello')
    expect(server.socket.asked.map(({ body }) => body)).toEqual([
      { callId: CALL },
      { callId: OTHER },
    ])
    for (const { id } of server.socket.asked) server.socket.reply(id, {})
    await settle()
    expect(fates.map(({ word }) => word)).toEqual(['answered', 'answered'])
  })

  it('that came too soon is said again when the server has asked for, and not before [HS10]', async () => {
    const { server, service } = await online()
    const fate = fateOf(service.request('call.hangup', { callId: CALL }))
    await settle()
    refuse(server, { retryAfterMs: 7_000 })
    await pass(6_900)
    expect(server.socket.asked).toHaveLength(1)
    await pass(200)
    expect(server.socket.asked).toHaveLength(2)
    expect(fate.word).toBe('waits')
    // From then on it is repeated as any other.
    await pass(3_000)
    expect(server.socket.asked).toHaveLength(3)
    server.socket.reply(server.socket.asked[2]?.id, {})
    await settle()
    expect(fate.word).toBe('answered')
    await pass(10_000)
    expect(server.socket.asked).toHaveLength(3)
  })

  it('that waits is not said by a new socket either, and runs out of patience [HS10]', async () => {
    const { server, service } = await online()
    const fate = fateOf(service.request('call.ringing', RINGING))
    await settle()
    refuse(server, { retryAfterMs: 10_000 })
    await settle()
    server.socket.close(1012)
    await until('another socket', () => server.sockets.length === 2, { withinMs: 2_000 })
    await pass(2_000)
    expect(server.socket.asked).toHaveLength(0)
    await pass(13_000)
    expect(fate.word).toContain('request/timed-out')
  })

  it.each([
    ['an invite', 'call.invite', { calleeId: OTHER, kind: 'audio' }, { retryAfterMs: 1_000 }],
    ['what would be too late', 'call.accept', {}, { retryAfterMs: 15_000 }],
    ['what has no time to wait', 'call.accept', {}, {}],
  ] as const)('that came too soon fails at once when it is %s [HS10]', async (...what) => {
    const [, type, body, wait] = what
    const { server, service } = await online()
    const fate = fateOf(service.request(type, { callId: CALL, ...body }))
    await settle()
    refuse(server, wait)
    await settle()
    expect(fate.word).toContain('request/rate-limited')
    await pass(10_000)
    expect(server.socket.asked).toHaveLength(1)
  })

  it('made while the socket is away goes out when it is there', async () => {
    const server = await createScriptedServer()
    const { service } = createService(server)
    service.open(USER_ID)
    const fate = fateOf(service.request('call.cancel', { callId: CALL }))
    await until('the request', () => server.sockets.length > 0 && server.socket.asked.length > 0, {
      withinMs: 1_000,
    })
    server.socket.reply(server.socket.asked[0]?.id, {})
    await settle()
    expect(fate.word).toBe('answered')
  })

  it('on a socket that was not opened fails at once', async () => {
    const { service } = createService(await createScriptedServer())
    const asked = service.request('call.cancel', { callId: CALL })
    await expect(asked).rejects.toMatchObject({ code: 'connection/offline' })
  })

  it('that waits fails when the socket is closed for good', async () => {
    const { service } = await online()
    const fate = fateOf(service.request('call.cancel', { callId: CALL }))
    service.close()
    await settle()
    expect(fate.word).toContain('connection/offline')
  })

  it('made on hearing of the closing still goes out', async () => {
    const { server, service } = await online()
    service.onStatus((status) => {
      fateOf(service.request('call.hangup', { callId: `${CALL.slice(0, -1)}${status.length}` }))
    })
    service.close()
    await until('the other side to hear it', () => server.socket.asked.length === 1)
    expect(server.socket.asked[0]?.type).toBe('call.hangup')
  })

  it('a reply on a socket that was left behind is not heard', async () => {
    const { server, service, fire } = await online()
    const fate = fateOf(service.request('call.cancel', { callId: CALL }))
    await settle()
    const before = server.socket
    before.isSilent = true
    fire.visible()
    await until('another socket', () => server.sockets.length === 2)
    before.reply(before.asked[0]?.id, {})
    await settle()
    expect(fate.word).toBe('waits')
  })
})

describe('the server’s clock', () => {
  it('is what the hello says, whatever this one shows', async () => {
    const server = await createScriptedServer()
    server.serverNow = () => Date.now() + 86_400_000
    const { service, whenOnline } = createService(server)
    service.open(USER_ID)
    await whenOnline()
    await pass(1_000)
    expect(service.serverNow() - Date.now()).toBeGreaterThan(86_399_000)
    expect(service.serverNow() - Date.now()).toBeLessThanOrEqual(86_400_000)
  })
})
