import { describe, expect, it } from 'vitest'
import { LEG_GRACE_MS, LEG_UNLOAD_GRACE_MS } from '#shared/limits.ts'
import type { UserLeg } from '#server/calls/registry/call.ts'
import {
  accept,
  aDesk,
  anInvite,
  attach,
  graceEnded,
  leave,
  lose,
  waitGrace,
} from '../../../support/calls/desk.ts'
import { aCallId, alice, bob, carol, legRef } from '../../../support/calls/people.ts'

const callId = aCallId()
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
    expect(desk.run(graceEnded(aCallId(9))).effects).toEqual([])
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
      body: { outcome: 'cancelled', durationMs: 0 },
    })
  })
})

describe('a caller who is gone while it rings', () => {
  it('[CA10] is away for every leg that rings, and back when it is back', () => {
    const desk = aDesk()
    desk.run(anInvite({ calleeLegs: [bob.leg(1), bob.leg(2)] }))
    desk.run(lose(alice.leg()))
    desk.run(attach(alice.leg()))
    for (const leg of [bob.leg(1), bob.leg(2)]) {
      expect(desk.pushesTo(leg).slice(1)).toEqual([
        { type: 'call.peer', body: { callId, presence: 'away' } },
        { type: 'call.peer', body: { callId, presence: 'back' } },
      ])
    }
  })

  it('[CA3] [CA10] is away for a leg that connects meanwhile', () => {
    const desk = aDesk()
    desk.run(anInvite())
    desk.run(lose(alice.leg()))
    desk.run(attach(bob.leg(2)))
    expect(desk.pushesTo(bob.leg(2))).toMatchObject([
      { type: 'call.coming' },
      { type: 'call.peer', body: { callId, presence: 'away' } },
    ])
  })

  it('[CA10] has cancelled when nobody meets the answer, however it ends', () => {
    for (const end of [graceEnded(), leave(bob.leg()), leave(bob.leg(), callId, 'failed')]) {
      const desk = aDesk()
      desk.run(anInvite())
      desk.run(lose(alice.leg()))
      desk.now += 5_000
      desk.run(accept(bob.leg()))
      desk.now += LEG_GRACE_MS
      desk.run(end)
      expect(desk.pushesTo(bob.leg()).at(-1)).toEqual({
        type: 'call.closed',
        body: { callId, outcome: 'cancelled', durationMs: 0 },
      })
    }
  })

  it('[CA10] and comes back to the answer talks like anybody else', () => {
    const desk = aDesk()
    desk.run(anInvite())
    desk.run(lose(alice.leg()))
    desk.run(accept(bob.leg()))
    desk.run(attach(alice.leg()))
    desk.now += 5_000
    desk.run(leave(bob.leg()))
    expect(desk.pushesTo(bob.leg()).at(-1)).toMatchObject({
      body: { outcome: 'completed', durationMs: 5_000 },
    })
  })
})

describe('a leg of the callee that goes while it rings', () => {
  const left = (leg: UserLeg, reach: 'sent' | 'offline') => ({
    type: 'call.left',
    body: { callId, from: legRef(leg), reach },
  })

  it('[CA4] is told to the caller at once, and whether another one is there', () => {
    const desk = aDesk()
    desk.run(anInvite({ calleeLegs: [bob.leg(1), bob.leg(2)] }))
    desk.run(lose(bob.leg(1)))
    desk.run(lose(bob.leg(2), 0))
    expect(desk.pushesTo(alice.leg())).toEqual([
      left(bob.leg(1), 'sent'),
      left(bob.leg(2), 'offline'),
    ])
  })

  it('[CA4] is not told twice, when its grace ends as well', () => {
    const desk = aDesk()
    desk.run(anInvite())
    desk.run(lose(bob.leg()))
    waitGrace(desk)
    expect(desk.pushesTo(alice.leg())).toEqual([left(bob.leg(), 'offline')])
  })

  it('[CA2] [CA4] does not count when the invite is said again', () => {
    const desk = aDesk()
    desk.run(anInvite())
    desk.run(lose(bob.leg()))
    expect(desk.run(anInvite()).reply).toMatchObject({ body: { reach: 'offline' } })
  })
})
