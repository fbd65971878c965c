import { describe, expect, it } from 'vitest'
import { accept, aDesk, anInvite, aTalk, leave, NOON } from '../../../support/calls/desk.ts'
import { aCallId, alice, bob, carol, dave, legRef } from '../../../support/calls/people.ts'

const callId = aCallId()
const refused = (code: string) => ({ ok: false, code })
const busy = { ok: true, body: { status: 'closed', outcome: 'busy', durationMs: 0 } }

/** Carol, Bob's contact too, calls him. */
const fromCarol = (number = 3) =>
  anInvite({ callId: aCallId(number), by: carol.leg(), callerView: carol.view })

describe('an invite', () => {
  it('[CA3] rings on every connected tab of the callee', () => {
    const desk = aDesk()
    desk.run(anInvite({ kind: 'audio', calleeLegs: [bob.leg(1), bob.leg(2)] }))
    const coming = {
      type: 'call.coming',
      body: {
        callId,
        caller: alice.view,
        kind: 'audio',
        invitedAt: NOON,
        callerLeg: legRef(alice.leg()),
        iceServers: [],
      },
    }
    expect(desk.pushesTo(bob.leg(1))).toEqual([coming])
    expect(desk.pushesTo(bob.leg(2))).toEqual([coming])
  })

  it('[CA3] is answered with when it began and how far it reached', () => {
    const reached = aDesk().run(anInvite())
    const nobody = aDesk().run(anInvite({ calleeLegs: [] }))
    const body = { status: 'ringing', invitedAt: NOON }
    expect(reached.reply).toEqual({ ok: true, body: { ...body, reach: 'sent' } })
    expect(nobody.reply).toEqual({ ok: true, body: { ...body, reach: 'offline' } })
  })

  it('[CA1] [S14] to no contact is forbidden, and nobody hears of it', () => {
    const desk = aDesk()
    const { reply } = desk.run(anInvite({ refusal: 'request/forbidden' }))
    expect(reply).toEqual(refused('request/forbidden'))
    expect(desk.effects).toEqual([])
    expect(desk.registry.size).toBe(0)
  })

  it('[CA1] [S17] to who has blocked the caller is refused, and nobody hears of it', () => {
    const desk = aDesk()
    const { reply } = desk.run(anInvite({ refusal: 'request/blocked' }))
    expect(reply).toEqual(refused('request/blocked'))
    expect(desk.effects).toEqual([])
  })

  it('[CA1] to oneself is forbidden', () => {
    const desk = aDesk()
    const { reply } = desk.run(anInvite({ calleeId: alice.view.id }))
    expect(reply).toEqual(refused('request/forbidden'))
  })

  it('[CA1] [S16] of a stranger gets the same answer whether its id is one of a call or not', () => {
    const desk = aDesk()
    desk.run(anInvite())
    const stranger = {
      by: dave.leg(),
      callerView: dave.view,
      refusal: 'request/forbidden' as const,
    }
    const known = desk.run(anInvite({ ...stranger, callId })).reply
    const unknown = desk.run(anInvite({ ...stranger, callId: aCallId(9) })).reply
    expect(known).toEqual(unknown)
    expect(known).toEqual(refused('request/forbidden'))
  })
})

describe('an invite that is said again', () => {
  it('[CA2] [F3] is the same call: same answer, and nobody rings twice', () => {
    const desk = aDesk()
    const first = desk.run(anInvite())
    desk.now += 3_000
    const again = desk.run(anInvite())
    expect(again.reply).toEqual(first.reply)
    expect(again.effects).toEqual([])
    expect(desk.heardBy(bob.leg())).toEqual(['call.coming'])
  })

  it('[CA2] after the end says how it ended, and does not ring anew', () => {
    const desk = aTalk()
    desk.now += 9_000
    desk.run(leave(bob.leg()))
    const { reply, effects } = desk.run(anInvite())
    expect(reply).toEqual({
      ok: true,
      body: { status: 'closed', outcome: 'completed', durationMs: 9_000 },
    })
    expect(effects).toEqual([])
  })

  it.each([
    ['another tab of the caller', { by: alice.leg(2) }],
    ['the callee', { by: bob.leg(), calleeId: alice.view.id, callerView: bob.view }],
    ['a third person', { by: carol.leg(), callerView: carol.view }],
  ])('[CA2] [S15] by %s is a conflict, and changes nothing', (_who, parts) => {
    const desk = aDesk()
    desk.run(anInvite())
    const { reply, effects } = desk.run(anInvite(parts))
    expect(reply).toEqual(refused('request/conflict'))
    expect(effects).toEqual([])
    expect(desk.registry.call(callId)?.caller).toEqual(alice.leg())
  })

  it('[CA2] [CA12] by a reloaded page with the same secret takes the place of the page before it', () => {
    const desk = aDesk()
    desk.run(anInvite({ secret: 'of alice' }))
    const { reply } = desk.run(anInvite({ by: alice.leg(2), secret: 'of alice' }))
    expect(reply).toMatchObject({ ok: true, body: { status: 'ringing', invitedAt: desk.now } })
    expect(desk.registry.call(callId)).toMatchObject({ caller: alice.leg(2) })
    expect(desk.heardBy(alice.leg())).toEqual(['call.taken'])
    expect(desk.heardBy(alice.leg(2))).toEqual([])
  })

  it('[CA2] [CA12] by a reloaded page learns that it was answered meanwhile', () => {
    const desk = aTalk(anInvite({ secret: 'of alice' }))
    desk.run(anInvite({ by: alice.leg(2), secret: 'of alice' }))
    expect(desk.heardBy(alice.leg(2))).toEqual(['call.accepted'])
    expect(desk.pushesTo(bob.leg()).slice(-2)).toMatchObject([
      { type: 'call.accepted', body: { peerLeg: legRef(alice.leg(2)) } },
      { type: 'call.peer', body: { presence: 'back' } },
    ])
  })

  it('[CA2] [S15] by somebody else after the end is a conflict', () => {
    const desk = aDesk()
    desk.run(anInvite())
    desk.run(leave(alice.leg()))
    const { reply } = desk.run(anInvite({ by: carol.leg(), callerView: carol.view }))
    expect(reply).toEqual(refused('request/conflict'))
  })
})

describe('busy', () => {
  it('[CA7] answers a third one at once while the callee is being called', () => {
    const desk = aDesk()
    desk.run(anInvite())
    expect(desk.run(fromCarol()).reply).toEqual(busy)
  })

  it('[CA7] answers a third one at once while the callee calls', () => {
    const desk = aDesk()
    desk.run(anInvite())
    const toAlice = anInvite({ ...fromCarol(), callId: aCallId(3), calleeId: alice.view.id })
    expect(desk.run(toAlice).reply).toEqual(busy)
  })

  it('[CA7] answers a third one at once while the callee talks, on any device', () => {
    const desk = aTalk()
    const { reply } = desk.run({ ...fromCarol(), calleeLegs: [bob.leg(2)] })
    expect(reply).toEqual(busy)
    expect(desk.heardBy(bob.leg(2))).toEqual([])
  })

  it('[CA7] [CA13] changes nothing for the call that goes on, and is written as one', () => {
    const desk = aTalk()
    const before = desk.registry.call(callId)
    const { effects } = desk.run(fromCarol())
    expect(effects).toMatchObject([
      {
        type: 'journal/closed',
        ending: { callId: aCallId(3), outcome: 'busy', durationMs: 0, callerId: carol.view.id },
      },
    ])
    expect(desk.registry.call(callId)).toBe(before)
  })

  it('[CA2] [CA7] stays busy for the same invite when the callee is free again', () => {
    const desk = aTalk()
    desk.run(fromCarol())
    desk.run(leave(alice.leg()))
    expect(desk.run(fromCarol()).reply).toEqual(busy)
    expect(desk.run(fromCarol(4)).reply).toMatchObject({ body: { status: 'ringing' } })
  })

  it('[CA7] is over as soon as the call is', () => {
    const desk = aTalk()
    desk.run(leave(bob.leg()))
    expect(desk.run(fromCarol()).reply).toMatchObject({ body: { status: 'ringing' } })
  })
})

describe('who is in a call already', () => {
  it.each([
    ['talks on another tab', () => aTalk(), alice.leg(2)],
    ['is called on this tab', () => withRinging(), bob.leg()],
  ])('[CA7] can not call a third one: it %s', (_why, begin, by) => {
    const desk = begin()
    const before = desk.registry.call(callId)
    const toDave = anInvite({ callId: aCallId(4), by, calleeId: dave.view.id })
    expect(desk.run(toDave).reply).toEqual(refused('call/already-in-call'))
    expect(desk.heardBy(dave.leg())).toEqual([])
    expect(desk.registry.call(callId)).toBe(before)
  })

  it('[CA13] leaves a ringing call behind by calling again from the same tab', () => {
    const desk = withRinging()
    const again = anInvite({
      callId: aCallId(4),
      calleeId: carol.view.id,
      calleeLegs: [carol.leg()],
    })
    expect(desk.run(again).reply).toMatchObject({ body: { status: 'ringing' } })
    expect(desk.pushesTo(bob.leg()).at(-1)).toMatchObject({ body: { outcome: 'cancelled' } })
    expect(desk.registry.callOf(alice.view.id)?.callId).toBe(aCallId(4))
    expect(desk.registry.callOf(bob.view.id)).toBeUndefined()
  })

  it('[CA13] leaves a talk behind by calling the same one again from the same tab', () => {
    const desk = aTalk()
    desk.now += 2_000
    expect(desk.run(anInvite({ callId: aCallId(4) })).reply).toMatchObject({
      body: { status: 'ringing' },
    })
    expect(desk.heardBy(bob.leg())).toEqual(['call.coming', 'call.closed', 'call.coming'])
    expect(desk.effectsOf('journal/closed')).toMatchObject([
      { ending: { callId, outcome: 'completed', durationMs: 2_000 } },
    ])
    expect(desk.registry.callOf(bob.view.id)?.callId).toBe(aCallId(4))
  })

  it('[CA7] and leaves it for one who is busy is in no call any more', () => {
    const desk = aDesk()
    desk.run(anInvite({ callId: aCallId(8), by: carol.leg(), calleeId: dave.view.id }))
    desk.run(anInvite())
    const toDave = anInvite({ callId: aCallId(4), calleeId: dave.view.id })
    expect(desk.run(toDave).reply).toEqual(busy)
    expect(desk.registry.callOf(alice.view.id)).toBeUndefined()
    expect(desk.run(accept(bob.leg())).reply).toEqual(refused('call/ended'))
  })
})

function withRinging() {
  const desk = aDesk()
  desk.run(anInvite())
  return desk
}
