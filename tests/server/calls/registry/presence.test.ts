import { describe, expect, it } from 'vitest'
import {
  LEG_GRACE_MS,
  LEG_UNLOAD_GRACE_MS,
  LEGS_PER_USER,
  RING_TIMEOUT_MS,
} from '#shared/limits.ts'
import {
  accept,
  aDesk,
  anInvite,
  aTalk,
  attach,
  leave,
  lose,
  NOON,
  waitGrace,
} from '../../../support/calls/desk.ts'
import { aCallId, alice, bob, carol, legRef } from '../../../support/calls/people.ts'

const callId = aCallId()
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

  it('[HS11] while very many tabs come and go takes the place of one that has gone', () => {
    const desk = aDesk()
    desk.run(anInvite())
    for (let n = 2; n <= 100; n += 1) {
      desk.run(attach(bob.leg(n)))
      desk.run(lose(bob.leg(n)))
    }
    const call = desk.registry.call(callId)
    expect(call?.calleeLegs).toHaveLength(LEGS_PER_USER)
    expect(call?.away).toHaveLength(LEGS_PER_USER - 1)
    expect(desk.run(accept(bob.leg())).reply).toMatchObject({ ok: true })
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
