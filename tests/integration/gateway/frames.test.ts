import { describe, expect, it } from 'vitest'
import { FRAME_MAX_BYTES, FRAMES_PER_SECOND } from '#shared/limits.ts'
import { requests } from '#shared/protocol/envelope.ts'
import { createPort, type Port } from '../../support/server/port.ts'
import { openTcp, upgradeHead, type TcpClient } from '../../support/socket/tcp.ts'

const PING = { received: 0 }
const text = (length: number) => `"${'a'.repeat(length - 2)}"`

describe('[S23] a frame that is too large', () => {
  it('closes its socket with 1009, and the others go on', async () => {
    const { person } = await createPort()
    const [ann, bob] = [await person(1), await person(2)]
    ann.tab.send(text(FRAME_MAX_BYTES + 1))
    expect(await ann.tab.closed).toBe(1009)
    expect(await bob.tab.ask('ping', PING)).toMatchObject({ ok: true })
  })

  it('is refused before it is read when it only claims its size', async () => {
    const { person } = await createPort()
    const { tab } = await person(1)
    tab.send('a'.repeat(10 * 1024 * 1024))
    expect(await tab.closed).toBe(1009)
  })

  it('is not one of exactly 64 KiB', async () => {
    const { person } = await createPort()
    const { tab } = await person(1)
    tab.send(text(FRAME_MAX_BYTES))
    expect(await tab.complaint()).toMatchObject({ error: { code: 'protocol/malformed' } })
    expect(await tab.ask('ping', PING)).toMatchObject({ ok: true })
  })
})

describe('[S23] a frame that is no text', () => {
  it('closes its socket with 1003 when it is binary', async () => {
    const { person } = await createPort()
    const { tab } = await person(1)
    tab.send(Buffer.from('{}'), { binary: true })
    expect(await tab.closed).toBe(1003)
  })

  it.each([
    ['a lone continuation', [0x80]],
    ['a letter written too long', [0xc0, 0xaf]],
    ['half of a pair', [0xed, 0xa0, 0x80]],
    ['beyond the last character', [0xf4, 0x90, 0x80, 0x80]],
    ['a cut one', [0xe4, 0xbd]],
  ])('closes its socket with 1007 when it is not UTF-8: %s', async (_what, bytes) => {
    const { person } = await createPort()
    const { tab } = await person(1)
    tab.send(Buffer.from(bytes), { binary: false })
    expect(await tab.closed).toBe(1007)
  })
})

const deep = (depth: number) => '['.repeat(depth) + ']'.repeat(depth)
const ofPing = (id: string, body = '{"received":0}') => `{"id":${id},"type":"ping","body":${body}}`

describe('[S23] a frame that means nothing', () => {
  it.each([
    ['nothing', ''],
    ['a word', 'hello'],
    ['half of a frame', '{"id":1,"type":"ping"'],
    ['null', 'null'],
    ['a number', '7'],
    ['a list', '[]'],
    ['depth 10,000', deep(10_000)],
    ['depth 10,000 inside of a body', `{"id":1,"type":"ping","body":${deep(10_000)}}`],
    ['100,000 elements would not fit; 30,000 do', `[${'1,'.repeat(30_000)}1]`],
    ['a type that is a number', '{"type":1,"body":{}}'],
    ['an id that is a text', ofPing('"1"')],
    ['an id of 0', ofPing('0')],
    ['an id of -0', ofPing('-0')],
    ['an id below 0', ofPing('-1')],
    ['an id beyond all numbers', ofPing('1e400')],
    ['an id that no number can hold exactly', ofPing('9007199254740993')],
    ['an id that is not a number', ofPing('NaN')],
    ['an id with a fraction', ofPing('1.5')],
    ['a NUL in its middle', '{"type":"pi\u0000ng","body":{}}'],
  ])('%s: a typed error, and the socket stays', async (_what, frame) => {
    const { person } = await createPort()
    const [ann, bob] = [await person(1), await person(2)]
    ann.tab.send(frame)
    const answered = await Promise.race([ann.tab.complaint(), ann.tab.answer(1)])
    expect(answered).toMatchObject({
      ok: false,
      error: { code: expect.stringMatching(/^protocol\//) },
    })
    expect(await bob.tab.ask('ping', PING)).toMatchObject({ ok: true })
    expect(await ann.tab.ask('ping', PING)).toMatchObject({ ok: true })
  })

  it.each([
    '__proto__',
    'constructor',
    'toString',
    'hasOwnProperty',
    'call.coming',
    'nonsense',
    '',
  ])('a request of the type %j is unknown', async (type) => {
    const { person } = await createPort()
    const { tab } = await person(1)
    expect(await tab.ask(type)).toMatchObject({
      ok: false,
      error: { code: 'protocol/unknown-type', field: 'type' },
    })
  })

  it.each([
    ['a text for a number', '{"received":"0"}', 'body.received'],
    ['nothing where there must be something', '{}', 'body.received'],
    ['a number beyond all numbers', '{"received":1e400}', 'body.received'],
    ['a number below 0', '{"received":-1}', 'body.received'],
    ['a list for a body', '[]', 'body.received'],
    ['null for a body', 'null', 'body'],
  ])('%s: the error names the field', async (_what, body, field) => {
    const { person } = await createPort()
    const { tab } = await person(1)
    tab.send(ofPing('77', body))
    expect(await tab.answer(77)).toMatchObject({ error: { code: 'protocol/malformed', field } })
  })

  it('the last of two equal keys counts, and keys that name a prototype are only keys', async () => {
    const { person } = await createPort()
    const { tab } = await person(1)
    tab.send('{"id":5,"id":6,"type":"nonsense","type":"ping","body":{"received":0}}')
    expect(await tab.answer(6)).toMatchObject({ ok: true })
    tab.send(
      '{"id":7,"__proto__":{"isAdmin":true},"constructor":{"prototype":{"isAdmin":true}},' +
        '"type":"ping","body":{"received":0,"__proto__":{"isAdmin":true}}}',
    )
    expect(await tab.answer(7)).toMatchObject({ ok: true })
    expect({}).not.toHaveProperty('isAdmin')
  })

  it.each(['\\ud800', '\\u0000'])('%s in a text is refused, and names the text', async (text) => {
    const { person } = await createPort()
    const { tab } = await person(1)
    tab.send(
      `{"id":8,"type":"call.reject","body":{"callId":"01a00000-0000-7000-8000-000000000001","text":"a${text}"}}`,
    )
    expect(await tab.answer(8)).toMatchObject({
      ok: false,
      error: { code: 'protocol/malformed', field: 'body.text' },
    })
  })
})

describe('before its hello a socket', () => {
  const early = Object.keys(requests).filter((type) => type !== 'hello')
  const bodies: Readonly<Record<string, object>> = { ping: PING, bye: {} }

  it.each(early)('is not answered: %s', async (type) => {
    const { server, open } = await createPort()
    const socket = await open(await server.demo(1))
    const { error } = await socket.ask(type, bodies[type] ?? {})
    expect(['protocol/not-ready', 'protocol/malformed']).toContain(error?.code)
  })

  it('is told that it is too early', async () => {
    const { server, open } = await createPort()
    const socket = await open(await server.demo(1))
    expect(await socket.ask('ping', PING)).toMatchObject({
      error: { code: 'protocol/not-ready', field: 'type' },
    })
    expect(await socket.hello()).toMatchObject({ ok: true })
    expect(await socket.ask('ping', PING)).toMatchObject({ ok: true, body: { sent: 0 } })
  })

  it('hears nothing that is pushed', async () => {
    const { server, open, person } = await createPort()
    const { id } = await person(1)
    const socket = await open(await server.demo(1))
    server.app.bus.publish(id, {
      type: 'feed.item',
      body: { pos: 1, entry: { kind: 'read', conversationId: id, readSeq: 1, unread: 0 } },
    })
    await socket.hello()
    await socket.ask('ping', PING)
    expect(socket.pushes).toEqual([])
  })
})

describe('[S23] too many frames', () => {
  it('are told when to go on, the socket stays, and nobody else waits', async () => {
    const { server, person } = await createPort()
    const [ann, bob] = [await person(1), await person(2)]
    const replies = await Promise.all(
      Array.from({ length: FRAMES_PER_SECOND + 5 }, () => ann.tab.ask('ping', PING)),
    )
    // The hello was one of them.
    expect(replies.filter(({ ok }) => ok)).toHaveLength(FRAMES_PER_SECOND - 1)
    expect(replies.at(-1)?.error).toEqual({
      code: 'request/rate-limited',
      retryAfterMs: expect.any(Number),
    })
    expect(await bob.tab.ask('ping', PING)).toMatchObject({ ok: true })
    server.clock.advance(replies.at(-1)?.error?.retryAfterMs ?? 0)
    expect(await ann.tab.ask('ping', PING)).toMatchObject({ ok: true })
  })
})

/** A short text frame as a client writes it, masked with zeros (RFC 6455 5.3). */
function frameOf(content: string): Buffer {
  const payload = Buffer.from(content)
  return Buffer.concat([Buffer.from([0x81, 0x80 | payload.length, 0, 0, 0, 0]), payload])
}

/** Write all of it at once, on a socket of the first account that has said nothing else. */
async function burst({ server, origin }: Port, frames: readonly string[]): Promise<TcpClient> {
  const { cookie } = await server.demo(1)
  const headers = { Host: new URL(origin).host, Origin: origin, Cookie: cookie }
  const client = await openTcp(origin, upgradeHead(headers))
  await expect.poll(() => client.text).toMatch('HTTP/1.1 101 ')
  client.socket.write(Buffer.concat(frames.map(frameOf)))
  return client
}

describe('[S23] [HS10] thousands of frames in one write', () => {
  it('are answered as far as the protocol says, and nobody else waits', async () => {
    const port = await createPort()
    const { tab } = await port.person(2)
    const client = await burst(port, Array<string>(8_000).fill('{}'))
    const answers = () => client.text.split('"replyTo":null').length - 1
    await expect.poll(answers).toBe(2 * FRAMES_PER_SECOND)
    expect(await tab.ask('ping', PING)).toMatchObject({ ok: true })
    expect(answers()).toBe(2 * FRAMES_PER_SECOND)
  })
})

describe('[S21] a hello', () => {
  it('is answered with what the protocol lists, and nothing more', async () => {
    const { server, person } = await createPort()
    const { id, tab } = await person(1)
    const reply = await tab.hello({ isAdmin: true })
    expect(reply).toEqual({
      replyTo: expect.any(Number),
      ok: true,
      body: { userId: id, serverNow: server.clock.now(), epoch: expect.any(String) },
    })
  })
})
