import { describe, expect, it } from 'vitest'
import { LEG_GRACE_MS, LEG_UNLOAD_GRACE_MS, RING_TIMEOUT_MS } from '#shared/limits.ts'
import type { UserLeg } from '#server/calls/registry/call.ts'
import {
  accept,
  aDesk,
  anInvite,
  aTalk,
  leave,
  NOON,
  type Desk,
} from '../../../support/calls/desk.ts'
import { aCallId, alice, bob, carol, legRef } from '../../../support/calls/people.ts'

const callId = aCallId()
const lose = (by: UserLeg, graceMs = LEG_GRACE_MS) => ({ type: 'leg-lost', by, graceMs }) as const
const attach = (by: UserLeg) => ({ type: 'leg-attached', by }) as const
const graceEnded = { type: 'grace-ended', callId } as const

/** Time goes by, and the timer that was armed for then fires. */
function waitGrace(desk: Desk, ms = LEG_GRACE_MS): void {
  desk.now += ms
  desk.run(graceEnded)
}

describe('a leg of the callee that connects', () => {
  it('[CA3] while it rings is told, with the time of the invite', () => {
    const desk = aDesk()
    desk.run(anInvite())
    desk.now += 40_000
    desk.run(attach(bob.leg(2)))
    expect(desk.pushesTo(bob.leg(2))).toMatchObject([
      { type: 'call.coming', body: { callId, invitedAt: NOON, callerLeg: legRef(alice.leg()) } },
    ])
  })

  it('[CA3] can answer then', () => {
    const desk = aDesk()
    desk.run(anInvite({ calleeLegs: [] }))
    desk.run(attach(bob.leg(2)))
    expect(desk.run(accept(bob.leg(2))).reply).toMatchObject({ ok: true })
  })

  it('[CA3] says hello twice and is told once', () => {
    const desk = aDesk()
    desk.run(anInvite())
    desk.run(attach(bob.leg()))
    expect(desk.heardBy(bob.leg())).toEqual(['call.coming'])
  })

  it('[CA3] after another one has answered is told nothing', () => {
    const desk = aTalk()
    desk.run(attach(bob.leg(2)))
    expect(desk.heardBy(bob.leg(2))).toEqual([])
  })
})

describe('somebody else who connects', () => {
  it.each([
    ['another tab of the caller', alice.leg(2)],
    ['a third person', carol.leg()],
  ])('[CA16] hears nothing of the call: %s', (_who, leg) => {
    const desk = aDesk()
    desk.run(anInvite())
    const { effects } = desk.run(attach(leg))
    expect(effects).toEqual([])
  })
})

describe('a leg that talks and loses its socket', () => {
  it('[CA10] is away for its peer, and the call goes on', () => {
    const desk = aTalk()
    desk.run(lose(alice.leg()))
    expect(desk.pushesTo(bob.leg()).at(-1)).toEqual({
      type: 'call.peer',
      body: { callId, presence: 'away' },
    })
    waitGrace(desk, LEG_GRACE_MS - 1)
    expect(desk.registry.call(callId)?.phase).toBe('talking')
  })

  it('[CA10] has 30 s, and 8 s after it said that it unloads', () => {
    const desk = aTalk()
    desk.run(lose(alice.leg()))
    desk.run(lose(bob.leg(), LEG_UNLOAD_GRACE_MS))
    expect(desk.effectsOf('arm').map(({ timer, at }) => [timer, at - desk.now])).toEqual([
      ['ring', RING_TIMEOUT_MS - 10_000],
      ['grace', 30_000],
      ['grace', 8_000],
    ])
  })

  it('[CA10] that does not come back ends the call as failed', () => {
    const desk = aTalk()
    desk.run(lose(alice.leg()))
    waitGrace(desk)
    expect(desk.pushesTo(bob.leg()).at(-1)).toEqual({
      type: 'call.closed',
      body: { callId, outcome: 'failed', durationMs: LEG_GRACE_MS },
    })
    expect(desk.registry.size).toBe(0)
  })

  it('[CA10] that comes back in time is back for its peer, and the call goes on', () => {
    const desk = aTalk()
    desk.run(lose(bob.leg()))
    desk.now += 20_000
    desk.run(attach(bob.leg()))
    expect(desk.pushesTo(alice.leg()).at(-1)).toMatchObject({
      type: 'call.peer',
      body: { presence: 'back' },
    })
    waitGrace(desk)
    expect(desk.registry.call(callId)?.phase).toBe('talking')
  })

  it('[CA10] hears again that it talks when it comes back, so that it can say that it left', () => {
    const desk = aTalk()
    desk.run(lose(bob.leg()))
    desk.run(attach(bob.leg()))
    expect(desk.pushesTo(bob.leg()).at(-1)).toEqual({
      type: 'call.accepted',
      body: { callId, acceptedAt: NOON + 10_000, peerLeg: legRef(alice.leg()) },
    })
  })

  it('[CA10] twice has its whole grace from the second time on', () => {
    const desk = aTalk()
    desk.run(lose(bob.leg()))
    desk.now += 20_000
    desk.run(attach(bob.leg()))
    desk.run(lose(bob.leg()))
    waitGrace(desk, LEG_GRACE_MS - 1)
    expect(desk.registry.size).toBe(1)
    waitGrace(desk, 1)
    expect(desk.registry.size).toBe(0)
  })

  it('[CA10] can be hung up on meanwhile', () => {
    const desk = aTalk()
    desk.run(lose(bob.leg()))
    desk.run(leave(alice.leg()))
    expect(desk.pushesTo(bob.leg()).at(-1)).toMatchObject({
      type: 'call.closed',
      body: { outcome: 'completed' },
    })
  })
})

describe('a leg that rings and loses its socket', () => {
  it('[CA10] as the caller ends the call as cancelled when it does not come back', () => {
    const desk = aDesk()
    desk.run(anInvite())
    desk.run(lose(alice.leg(), LEG_UNLOAD_GRACE_MS))
    waitGrace(desk, LEG_UNLOAD_GRACE_MS)
    expect(desk.pushesTo(bob.leg()).at(-1)).toMatchObject({
      type: 'call.closed',
      body: { outcome: 'cancelled', durationMs: 0 },
    })
  })

  it('[CA10] as one of the callee leaves alone', () => {
    const desk = aDesk()
    desk.run(anInvite({ calleeLegs: [bob.leg(1), bob.leg(2)] }))
    desk.run(lose(bob.leg(1)))
    waitGrace(desk)
    expect(desk.registry.call(callId)).toMatchObject({ calleeLegs: [bob.leg(2)], away: [] })
    expect(desk.run(accept(bob.leg(2))).reply).toMatchObject({ ok: true })
  })

  it('[CA10] as the last one of the callee lets it ring on for whoever connects', () => {
    const desk = aDesk()
    desk.run(anInvite())
    desk.run(lose(bob.leg()))
    waitGrace(desk)
    desk.run(attach(bob.leg(2)))
    expect(desk.run(accept(bob.leg(2))).reply).toMatchObject({ ok: true })
  })

  it('[CA3] [CA10] as one of the callee is told again when it comes back too late', () => {
    const desk = aDesk()
    desk.run(anInvite())
    desk.run(lose(bob.leg()))
    waitGrace(desk)
    desk.run(attach(bob.leg()))
    expect(desk.heardBy(bob.leg())).toEqual(['call.coming', 'call.coming'])
  })

  it('[CA10] of another user or call changes nothing', () => {
    const desk = aDesk()
    desk.run(anInvite())
    expect(desk.run(lose(carol.leg())).effects).toEqual([])
    expect(desk.run(lose(alice.leg(2))).effects).toEqual([])
    expect(desk.run({ type: 'grace-ended', callId: aCallId(9) }).effects).toEqual([])
  })

  it('[CA10] keeps the grace of the caller when the callee answers meanwhile', () => {
    const desk = aDesk()
    desk.run(anInvite())
    desk.run(lose(alice.leg()))
    desk.now += 5_000
    desk.run(accept(bob.leg()))
    waitGrace(desk, LEG_GRACE_MS - 5_000)
    expect(desk.pushesTo(bob.leg()).at(-1)).toMatchObject({
      type: 'call.closed',
      body: { outcome: 'failed', durationMs: 25_000 },
    })
  })
})
