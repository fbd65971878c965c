import { describe, expect, it } from 'vitest'
import { FRAMES_PER_SECOND, LEG_UNLOAD_GRACE_MS, PROTOCOL_VERSION } from '#shared/limits.ts'
import { CLOSE_CODES } from '#shared/protocol/envelope.ts'
import { aCallGate, EPOCH, type Written } from '../../support/calls/callGate.ts'
import { aCallId, alice, bob, uuid } from '../../support/calls/people.ts'

const callId = aCallId()
const typesOf = (written: readonly Written[]) =>
  written.map(({ type, replyTo }) => type ?? `reply to ${replyTo}`)
const numbersOf = (written: readonly Written[]) => written.flatMap(({ n }) => n ?? [])

/** Alice has called Bob, who is connected by one tab. */
async function called(options?: Parameters<typeof aCallGate>[0]) {
  const gate = aCallGate(options)
  const callee = gate.open(bob.leg())
  callee.hello()
  const caller = gate.open(alice.leg())
  caller.hello()
  caller.say('call.invite', { callId, calleeId: bob.view.id, kind: 'audio' }, 2)
  await expect.poll(() => typesOf(callee.written)).toContain('call.coming')
  return { gate, caller, callee }
}

describe('hello', () => {
  it('[HS1] comes first: whatever else comes before is told so, and the socket stays', () => {
    const socket = aCallGate().open(alice.leg())
    socket.say('ping', { received: 0 }, 5)
    socket.say('call.cancel', { callId }, 6)
    const early = { ok: false, error: { code: 'protocol/not-ready', field: 'type' } }
    expect(socket.written).toEqual([
      { replyTo: 5, ...early },
      { replyTo: 6, ...early },
    ])
    expect(socket.closedWith).toEqual([])
  })

  it('[HS2] [F31] of another version closes the socket for good', () => {
    const socket = aCallGate().open(alice.leg())
    socket.hello({ protocol: PROTOCOL_VERSION + 1 })
    expect(socket.closedWith).toEqual([CLOSE_CODES.outdated])
    expect(socket.written).toEqual([])
  })

  it('[HS3] is answered with who one is, the time of the server and its epoch', () => {
    const gate = aCallGate()
    const socket = gate.open(alice.leg())
    socket.hello()
    expect(socket.written).toEqual([
      {
        replyTo: 1,
        ok: true,
        body: { userId: alice.view.id, serverNow: gate.clock.now(), epoch: EPOCH },
      },
    ])
  })

  it('[HS3] [CA11] is answered before what was missed is sent again', async () => {
    const { gate, callee } = await called()
    callee.lose()
    const again = gate.open(bob.leg())
    again.hello({ epoch: EPOCH })
    expect(typesOf(again.written)).toEqual(['reply to 1', 'call.coming'])
  })

  it('[HS5] has sent again only what was not handled', async () => {
    const { gate, caller, callee } = await called()
    callee.lose()
    caller.say('call.cancel', { callId }, 3)
    const again = gate.open(bob.leg())
    again.hello({ received: 1, epoch: EPOCH })
    expect(typesOf(again.written)).toEqual(['reply to 1', 'call.closed'])
    expect(numbersOf(again.written)).toEqual([2])
  })

  it('[HS5] with the numbers of another life of the server has everything sent', async () => {
    const { gate, callee } = await called()
    callee.lose()
    const again = gate.open(bob.leg())
    again.hello({ received: 7, epoch: uuid(0xdead) })
    expect(numbersOf(again.written)).toEqual([1])
  })

  it('[HS8] on a second socket takes the place of the first', async () => {
    const { gate, callee } = await called()
    const second = gate.open(bob.leg())
    second.hello({ received: 1, epoch: EPOCH })
    expect(gate.superseded.at(-1)).toMatchObject({ legId: bob.leg().legId })
    callee.lose()
    second.say('call.accept', { callId }, 2)
    expect(second.written.at(-1)).toMatchObject({ replyTo: 2, ok: true })
    expect(gate.calls.liveCount).toBe(1)
  })

  it('[HS8] a second time on one socket asks again, and can not become another leg', async () => {
    const { callee, gate } = await called()
    const before = gate.superseded.length
    callee.hello({ legId: alice.leg().legId })
    expect(gate.superseded).toHaveLength(before)
    expect(numbersOf(callee.written)).toEqual([1, 1])
  })
})

describe('the numbers', () => {
  it('[HS4] count the call frames of a leg from 1, and nothing else', async () => {
    const { caller, callee } = await called()
    callee.say('call.ringing', { callId, audible: true, visible: true, early: true }, 2)
    callee.say('call.accept', { callId }, 3)
    expect(numbersOf(caller.written)).toEqual([1, 2])
    expect(typesOf(caller.written)).toEqual([
      'reply to 1',
      'reply to 2',
      'call.ringing',
      'call.accepted',
    ])
  })

  it('[HS7] are told with each sign of life, and what has arrived is forgotten', async () => {
    const { gate, callee } = await called()
    callee.say('ping', { received: 1 }, 9)
    const body = { sent: 1, serverNow: gate.clock.now() }
    expect(callee.written.at(-1)).toEqual({ replyTo: 9, ok: true, body })
    callee.lose()
    const again = gate.open(bob.leg())
    again.hello({ received: 0, epoch: EPOCH })
    expect(numbersOf(again.written)).toEqual([])
  })
})

describe('a request', () => {
  it('[HS6] [CA2] said again is answered again, and done once', async () => {
    const { gate, caller, callee } = await called()
    const [, first] = caller.written
    caller.say('call.invite', { callId, calleeId: bob.view.id, kind: 'audio' }, 2)
    await expect.poll(() => caller.written.length).toBe(3)
    expect(caller.written[2]).toEqual(first)
    expect(typesOf(callee.written)).toEqual(['reply to 1', 'call.coming'])
    expect(gate.calls.liveCount).toBe(1)
  })

  it('[HS6] without a number is done, and not answered', async () => {
    const { gate, caller } = await called()
    caller.say('call.cancel', { callId })
    expect(typesOf(caller.written)).toEqual(['reply to 1', 'reply to 2', 'call.closed'])
    expect(gate.calls.liveCount).toBe(0)
  })

  it('[ER1] that does not fit is answered with the field, and the socket stays', () => {
    const socket = aCallGate().open(alice.leg())
    socket.hello()
    socket.say('call.cancel', { callId: 'x' }, 4)
    expect(socket.written.at(-1)).toEqual({
      replyTo: 4,
      ok: false,
      error: { code: 'protocol/malformed', field: 'body.callId' },
    })
    expect(socket.closedWith).toEqual([])
  })

  it('[ER1] that is no frame at all is answered too, to nobody by number', () => {
    const socket = aCallGate().open(alice.leg())
    socket.sayRaw('{')
    expect(socket.written).toEqual([
      { replyTo: null, ok: false, error: { code: 'protocol/malformed' } },
    ])
  })
})

describe('bye', () => {
  it('[HS9] [CA10] makes the grace of the calls of this tab the short one', async () => {
    const { gate, caller, callee } = await called()
    caller.say('bye')
    caller.lose()
    gate.clock.advance(LEG_UNLOAD_GRACE_MS - 1)
    expect(typesOf(callee.written)).toEqual(['reply to 1', 'call.coming', 'call.peer'])
    gate.clock.advance(1)
    expect(typesOf(callee.written).at(-1)).toBe('call.closed')
  })
})

describe('a server that is told how long a reload may take', () => {
  it('[CA10] waits as long for the page', async () => {
    const { gate, caller, callee } = await called({ reloadGraceMs: 14_000 })
    caller.say('bye')
    caller.lose()
    gate.clock.advance(13_999)
    expect(typesOf(callee.written)).not.toContain('call.closed')
    gate.clock.advance(1)
    expect(typesOf(callee.written).at(-1)).toBe('call.closed')
  })
})

describe('too many frames', () => {
  it('are counted by time that passes, not by a clock that is set', () => {
    const gate = aCallGate()
    const socket = gate.open(alice.leg())
    socket.hello()
    for (let n = 2; n <= FRAMES_PER_SECOND; n += 1) socket.say('ping', { received: 0 }, n)
    gate.clock.set(-3 * 3_600_000)
    gate.clock.advance(1_000)
    socket.say('ping', { received: 0 }, 101)
    expect(socket.written.at(-1)?.ok).toBe(true)
  })

  it('[HS10] [CA15] are refused with the time to wait, and the socket stays', () => {
    const gate = aCallGate()
    const socket = gate.open(alice.leg())
    socket.hello()
    for (let n = 2; n <= FRAMES_PER_SECOND; n += 1) socket.say('ping', { received: 0 }, n)
    expect(socket.written.every(({ ok }) => ok)).toBe(true)
    socket.say('ping', { received: 0 }, 101)
    expect(socket.written.at(-1)).toEqual({
      replyTo: 101,
      ok: false,
      error: { code: 'request/rate-limited', retryAfterMs: 10 },
    })
    gate.clock.advance(10)
    socket.say('ping', { received: 0 }, 102)
    expect(socket.written.at(-1)).toMatchObject({ replyTo: 102, ok: true })
    expect(socket.closedWith).toEqual([])
  })

  it('[HS10] without end are not even looked at, and nothing is read for a while', () => {
    const gate = aCallGate()
    const socket = gate.open(alice.leg())
    socket.hello()
    const count = 80 * FRAMES_PER_SECOND
    for (let n = 2; n <= count; n += 1) socket.say('ping', { received: 0 }, n)
    expect(socket.written).toHaveLength(2 * FRAMES_PER_SECOND)
    expect(socket.isPaused).toBe(true)
    expect(socket.closedWith).toEqual([])
    gate.clock.advance(1_000)
    socket.say('ping', { received: 0 }, count + 1)
    expect(socket.written.at(-1)).toMatchObject({ replyTo: count + 1, ok: true })
  })
})
