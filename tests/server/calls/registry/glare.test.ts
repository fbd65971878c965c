import { describe, expect, it } from 'vitest'
import {
  accept,
  aDesk,
  anInvite,
  anInviteBack,
  leave,
  NOON,
  reject,
} from '../../../support/calls/desk.ts'
import { aCallId, alice, bob, carol, legRef } from '../../../support/calls/people.ts'

const EARLIER = aCallId(1)
const LATER = aCallId(2)

/** Alice's call rings at Bob's tabs when his own invite to her arrives. */
function crossed(parts: Parameters<typeof anInviteBack>[0] = {}) {
  const desk = aDesk()
  desk.run(anInvite({ callId: EARLIER, calleeLegs: [bob.leg(1), bob.leg(2)] }))
  desk.now += 200
  const decision = desk.run(anInviteBack({ callId: LATER, ...parts }))
  return { desk, decision }
}

const mergedReply = {
  ok: true,
  body: {
    status: 'merged',
    into: {
      callId: EARLIER,
      kind: 'video',
      acceptedAt: NOON + 200,
      peerLeg: legRef(alice.leg()),
    },
  },
}

describe('glare', () => {
  it('[CA8] [F22] answers the earlier call by the leg that called back', () => {
    const { desk, decision } = crossed()
    expect(decision.reply).toEqual(mergedReply)
    expect(desk.pushesTo(alice.leg()).at(-1)).toEqual({
      type: 'call.accepted',
      body: { callId: EARLIER, acceptedAt: NOON + 200, peerLeg: legRef(bob.leg(1)) },
    })
  })

  it('[CA8] [F22] leaves one call, and nobody rings', () => {
    const { desk } = crossed()
    expect(desk.registry.size).toBe(1)
    expect(desk.registry.call(EARLIER)?.phase).toBe('talking')
    expect(desk.registry.call(LATER)).toBeUndefined()
    expect(desk.heardBy(alice.leg())).not.toContain('call.coming')
    expect(desk.heardBy(bob.leg(2))).toEqual(['call.coming', 'call.taken'])
  })

  it('[CA8] writes one call to the journal', () => {
    const { desk } = crossed()
    expect(desk.effectsOf('journal/opened').map(({ call }) => call.callId)).toEqual([EARLIER])
    expect(desk.effectsOf('journal/accepted').map(({ call }) => call.callId)).toEqual([EARLIER])
  })

  it('[CA8] also answers by a leg that the call had not reached yet', () => {
    const { desk } = crossed({ by: bob.leg(3) })
    expect(desk.registry.call(EARLIER)).toMatchObject({ phase: 'talking', callee: bob.leg(3) })
    expect(desk.heardBy(bob.leg(1))).toEqual(['call.coming', 'call.taken'])
  })

  it('[CA8] works the other way round when the other invite is the first', () => {
    const desk = aDesk()
    desk.run(anInviteBack({ callId: LATER }))
    expect(desk.run(anInvite({ callId: EARLIER })).reply).toMatchObject({
      body: { status: 'merged', into: { callId: LATER, peerLeg: legRef(bob.leg()) } },
    })
    expect(desk.registry.size).toBe(1)
  })

  it('[CA2] [CA8] gives a repeated invite the same answer', () => {
    const { desk } = crossed()
    desk.now += 3_000
    const { reply, effects } = desk.run(anInviteBack({ callId: LATER }))
    expect(reply).toEqual(mergedReply)
    expect(effects).toEqual([])
  })

  it('[CA2] [CA8] tells a repeated invite how the call ended that it went into', () => {
    const { desk } = crossed()
    desk.now += 5_000
    desk.run(leave(alice.leg(), EARLIER))
    expect(desk.run(anInviteBack({ callId: LATER })).reply).toEqual({
      ok: true,
      body: { status: 'closed', outcome: 'completed', durationMs: 5_000 },
    })
  })

  it('[CA8] lets who called back cancel by the id that it knows', () => {
    const { desk } = crossed()
    desk.now += 100
    expect(desk.run(leave(bob.leg(1), LATER)).reply).toEqual({ ok: true, body: {} })
    expect(desk.registry.size).toBe(0)
    expect(desk.pushesTo(alice.leg()).at(-1)).toMatchObject({
      type: 'call.closed',
      body: { callId: EARLIER, outcome: 'completed', durationMs: 100 },
    })
  })

  it('[CA8] [S16] lets nobody else use the id that was merged away', () => {
    const { desk } = crossed()
    const refused = { ok: false, code: 'call/ended' }
    expect(desk.run(leave(bob.leg(2), LATER)).reply).toEqual(refused)
    expect(desk.run(leave(alice.leg(), LATER)).reply).toEqual(refused)
    expect(desk.run(leave(carol.leg(), LATER)).reply).toEqual(refused)
    expect(desk.registry.call(EARLIER)?.phase).toBe('talking')
  })

  it('[CA8] is none when the first call was cancelled before', () => {
    const desk = aDesk()
    desk.run(anInvite({ callId: EARLIER }))
    desk.run(leave(alice.leg(), EARLIER))
    expect(desk.run(anInviteBack({ callId: LATER })).reply).toMatchObject({
      body: { status: 'ringing' },
    })
    expect(desk.heardBy(alice.leg())).toContain('call.coming')
  })

  it('[CA8] is none when the first call was declined before', () => {
    const desk = aDesk()
    desk.run(anInvite({ callId: EARLIER }))
    desk.run(reject(bob.leg()))
    expect(desk.run(anInviteBack({ callId: LATER })).reply).toMatchObject({
      body: { status: 'ringing' },
    })
  })

  it('[CA8] is none when another device of the callee has answered before', () => {
    const desk = aDesk()
    desk.run(anInvite({ callId: EARLIER, calleeLegs: [bob.leg(1), bob.leg(2)] }))
    desk.run(accept(bob.leg(1), EARLIER))
    expect(desk.run(anInviteBack({ callId: LATER, by: bob.leg(2) })).reply).toEqual({
      ok: false,
      code: 'call/already-in-call',
    })
    expect(desk.registry.call(EARLIER)).toMatchObject({ callee: bob.leg(1) })
  })

  it('[CA7] [CA8] is none with a third: who is called by one can not call another', () => {
    const desk = aDesk()
    desk.run(anInvite({ callId: EARLIER }))
    const toCarol = anInviteBack({ callId: LATER, calleeId: carol.view.id })
    expect(desk.run(toCarol).reply).toEqual({ ok: false, code: 'call/already-in-call' })
    expect(desk.heardBy(carol.leg())).toEqual([])
  })
})

describe('[CA8] [CA12] a page that is reloaded before it reads that its invite was merged', () => {
  const again = (parts: object) => anInviteBack({ callId: LATER, by: bob.leg(3), ...parts })

  it('repeats its invite, and takes the place of the page before it by the secret', () => {
    const { desk } = crossed({ secret: 'of bob' })
    expect(desk.run(again({ secret: 'of bob' })).reply).toEqual(mergedReply)
    expect(desk.registry.call(EARLIER)).toMatchObject({ callee: bob.leg(3) })
    expect(desk.pushesTo(alice.leg()).at(-2)).toMatchObject({
      type: 'call.accepted',
      body: { peerLeg: legRef(bob.leg(3)) },
    })
  })

  it('can still cancel by the id that it knows', () => {
    const { desk } = crossed({ secret: 'of bob' })
    desk.run(again({ secret: 'of bob' }))
    desk.run(leave(bob.leg(3), LATER))
    expect(desk.registry.call(EARLIER)).toBeUndefined()
  })

  it('takes nothing without the secret', () => {
    const { desk } = crossed({ secret: 'of bob' })
    const refused = { ok: false, code: 'request/conflict' }
    expect(desk.run(again({ secret: 'guessed' })).reply).toEqual(refused)
    expect(desk.run(again({ secret: null })).reply).toEqual(refused)
  })
})
