import { uuidv7 } from 'uuidv7'
import { describe, expect, it } from 'vitest'
import {
  CANDIDATE_MAX_CHARS,
  CANDIDATES_PER_GENERATION,
  DESCRIPTIONS_PER_MINUTE,
  INVITES_PER_MINUTE,
  SDP_MAX_CHARS,
  SDP_MAX_LINES,
} from '#shared/limits.ts'
import { CANDIDATE, callFramesOf, ring, SDP } from '../../support/calls/rawCall.ts'
import { createPort } from '../../support/server/port.ts'

const PING = { received: 0 }

describe('[S20] [CA15] invites', () => {
  it('are ten a minute, over all tabs of a user; the next one is told when', async () => {
    const port = await createPort()
    const [ann, bob] = [await port.person(1), await port.person(2)]
    const other = await port.tab(ann.browser)
    const invite = (tab: typeof other) =>
      tab.ask('call.invite', { callId: uuidv7(), calleeId: bob.id, kind: 'audio' })
    for (let n = 0; n < INVITES_PER_MINUTE; n += 1) {
      const reply = await invite(ann.tab)
      expect(reply.error).toBeUndefined()
    }
    for (const tab of [ann.tab, other]) {
      const { error } = await invite(tab)
      expect(error).toEqual({ code: 'request/rate-limited', retryAfterMs: expect.any(Number) })
      expect(error?.retryAfterMs).toBeGreaterThan(0)
      expect(await tab.ask('ping', PING)).toMatchObject({ ok: true })
    }
  })

  it('[CA2] that are repeated for a lost reply are not counted, and get the same answer', async () => {
    const port = await createPort()
    const [ann, bob] = [await port.person(1), await port.person(2)]
    const body = { callId: uuidv7(), calleeId: bob.id, kind: 'audio' }
    const first = await ann.tab.ask('call.invite', body)
    for (let n = 0; n < 3 * INVITES_PER_MINUTE; n += 1) {
      expect((await ann.tab.ask('call.invite', body)).body).toEqual(first.body)
    }
    await bob.tab.ask('ping', PING)
    expect(bob.tab.pushes).toHaveLength(1)
  })
})

const line = (length: number) => `a=${'x'.repeat(length - 4)}\r\n`
const lines = (count: number) => 'a=x\r\n'.repeat(count)

describe('[S25] a session description', () => {
  it.each([
    ['that is empty', ''],
    ['that begins with something else', `a=x\r\n${SDP}`],
    ['with only line feeds', SDP.replaceAll('\r\n', '\n')],
    ['of a kind that we do not know', `${SDP}m=image 9 udp 1\r\n`],
    ['of a kind that only looks like ours', `${SDP}m=audiovideo 9 udp 1\r\n`],
    ['of too many lines', `v=0\r\n${lines(SDP_MAX_LINES)}`],
    ['of too many characters', `v=0\r\n${line(SDP_MAX_CHARS - 4)}`],
  ])('%s is refused by its name and reaches nobody', async (_what, sdp) => {
    const port = await createPort()
    const { callId, caller, callee } = await ring(port)
    const body = { callId, toLeg: callee.tab.legId, generation: 1, sdp }
    for (const type of ['call.offer', 'call.answer']) {
      expect((await caller.tab.ask(type, body)).error).toEqual({
        code: 'protocol/malformed',
        field: 'body.sdp',
      })
    }
    await callee.tab.ask('ping', PING)
    expect(callee.tab.pushes).toHaveLength(1)
  })

  it.each([
    ['lines', `v=0\r\n${lines(SDP_MAX_LINES - 2)}`],
    ['characters', `v=0\r\n${line(SDP_MAX_CHARS - 5)}`],
  ])('of just as many %s as may be passes', async (_what, sdp) => {
    const port = await createPort()
    const { callId, caller, callee } = await ring(port)
    const body = { callId, toLeg: callee.tab.legId, generation: 1, sdp }
    expect(await caller.tab.ask('call.offer', body)).toMatchObject({ ok: true })
    expect((await callee.tab.pushed('call.offer')).body).toMatchObject({ sdp })
  })

  it('may come twenty times a minute, and then is told when', async () => {
    const port = await createPort()
    const { callId, caller, callee } = await ring(port)
    const offer = () =>
      caller.tab.ask('call.offer', { callId, toLeg: callee.tab.legId, generation: 1, sdp: SDP })
    for (let n = 0; n < DESCRIPTIONS_PER_MINUTE; n += 1) expect((await offer()).ok).toBe(true)
    expect((await offer()).error).toEqual({ code: 'request/rate-limited', retryAfterMs: 60_000 })
    port.server.clock.advance(60_000)
    const after = await offer()
    // The ring window is over by then, which is another answer than "too often".
    expect(after.error).toEqual({ code: 'call/ended' })
  })
})

describe('[S25] a candidate', () => {
  const withText = (candidate: string) => ({ ...CANDIDATE, candidate })

  it.each([
    ['of two lines', withText(`${CANDIDATE.candidate}\r\na=ice-lite`), 'body.candidate.candidate'],
    ['with a line feed', withText(`${CANDIDATE.candidate}\n`), 'body.candidate.candidate'],
    ['that is none', withText('a=candidate'), 'body.candidate.candidate'],
    ['with letters beyond ASCII', withText('candidate:é'), 'body.candidate.candidate'],
    [
      'that is too long',
      withText(`candidate:${'1'.repeat(CANDIDATE_MAX_CHARS)}`),
      'body.candidate.candidate',
    ],
    ['of a long m-line', { ...CANDIDATE, sdpMid: 'x'.repeat(17) }, 'body.candidate.sdpMid'],
    ['of a far m-line', { ...CANDIDATE, sdpMLineIndex: 16 }, 'body.candidate.sdpMLineIndex'],
    ['that is a text', 'candidate:1', 'body.candidate'],
  ])('%s is refused by its name and reaches nobody', async (_what, candidate, field) => {
    const port = await createPort()
    const { callId, caller, callee } = await ring(port)
    const body = { callId, toLeg: callee.tab.legId, generation: 1, candidate }
    expect((await caller.tab.ask('call.candidate', body)).error).toEqual({
      code: 'protocol/malformed',
      field,
    })
    await callee.tab.ask('ping', PING)
    expect(callee.tab.pushes).toHaveLength(1)
  })

  it('that says there are no more passes', async () => {
    const port = await createPort()
    const { callId, caller, callee } = await ring(port)
    const body = { callId, toLeg: callee.tab.legId, generation: 1, candidate: withText('') }
    expect(await caller.tab.ask('call.candidate', body)).toMatchObject({ ok: true })
    await callee.tab.pushed('call.candidate')
  })

  it('[CA15] may come 200 times in a generation; over it is a typed error, and the socket stays', async () => {
    const port = await createPort()
    const { callId, caller, callee } = await ring(port)
    const send = (generation: number) => {
      const body = { callId, toLeg: callee.tab.legId, generation, candidate: CANDIDATE }
      return caller.tab.ask('call.candidate', body)
    }
    for (let sent = 0; sent < CANDIDATES_PER_GENERATION; sent += 50) {
      // More than 100 frames a second are another limit.
      port.server.clock.advance(1_000)
      const replies = await Promise.all(Array.from({ length: 50 }, () => send(1)))
      expect(replies.every(({ ok }) => ok)).toBe(true)
    }
    port.server.clock.advance(1_000)
    expect((await send(1)).error).toEqual({ code: 'request/rate-limited' })
    expect(await send(2)).toMatchObject({ ok: true })
    expect(await caller.tab.ask('ping', PING)).toMatchObject({ ok: true })
  })
})

describe('[F4] frames in the wrong order', () => {
  it('a cancel that overtakes its invite withdraws it: it rings nowhere', async () => {
    const port = await createPort()
    const [ann, bob] = [await port.person(1), await port.person(2)]
    const callId = uuidv7()
    expect((await ann.tab.ask('call.cancel', { callId })).error).toEqual({ code: 'call/ended' })
    const reply = await ann.tab.ask('call.invite', { callId, calleeId: bob.id, kind: 'audio' })
    expect(reply.body).toEqual({ status: 'closed', outcome: 'cancelled', durationMs: 0 })
    await bob.tab.ask('ping', PING)
    expect(bob.tab.pushes.map(({ type }) => type)).not.toContain('call.coming')
  })

  it.each(['call.offer', 'call.answer', 'call.candidate', 'call.ringing', 'call.accept'])(
    '%s after the end reaches nobody and rings nowhere',
    async (type) => {
      const port = await createPort()
      const { callId, caller, callee } = await ring(port)
      await caller.tab.ask('call.cancel', { callId })
      await callee.tab.pushed('call.closed')
      const to = { callee: callee.tab.legId, caller: caller.tab.legId }
      const base = { callId, generation: 1, sdp: SDP, candidate: CANDIDATE }
      const own = { audible: true, visible: true, early: true }
      const late = [
        await caller.tab.ask(type, { ...base, ...own, toLeg: to.callee }),
        await callee.tab.ask(type, { ...base, ...own, toLeg: to.caller }),
      ]
      expect(late.map(({ error }) => error)).toEqual([
        { code: 'call/ended' },
        { code: 'call/ended' },
      ])
      await caller.tab.ask('ping', PING)
      await callee.tab.ask('ping', PING)
      expect(callFramesOf(callee.tab)).toEqual(['call.coming', 'call.closed'])
      expect(port.server.app.calls.liveCount).toBe(0)
    },
  )

  it('an answer and candidates before the ringing are relayed: the caller decides', async () => {
    const port = await createPort()
    const { callId, caller, callee } = await ring(port)
    const base = { callId, toLeg: caller.tab.legId, generation: 1 }
    await callee.tab.ask('call.candidate', { ...base, candidate: CANDIDATE })
    await callee.tab.ask('call.answer', { ...base, sdp: SDP })
    await callee.tab.ask('call.ringing', { callId, audible: true, visible: true, early: true })
    await caller.tab.pushed('call.ringing')
    expect(caller.tab.pushes.map(({ type, n }) => [type, n])).toEqual([
      ['call.candidate', 1],
      ['call.answer', 2],
      ['call.ringing', 3],
    ])
  })
})
