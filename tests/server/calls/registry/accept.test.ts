import { describe, expect, it } from 'vitest'
import { accept, aDesk, anInvite, aTalk, NOON } from '../../../support/calls/desk.ts'
import { aCallId, alice, bob, carol, legRef } from '../../../support/calls/people.ts'

const callId = aCallId()
const ended = { ok: false, code: 'call/ended' }

function ringingAtThree() {
  const desk = aDesk()
  desk.run(anInvite({ calleeLegs: [bob.leg(1), bob.leg(2), bob.leg(3)] }))
  desk.now += 5_000
  return desk
}

describe('accept', () => {
  it('[CA5] lets the two talk, both counting from the same moment', () => {
    const desk = ringingAtThree()
    const { reply } = desk.run(accept(bob.leg(2)))
    const acceptedAt = NOON + 5_000
    expect(reply).toEqual({ ok: true, body: { callId, acceptedAt, peerLeg: legRef(alice.leg()) } })
    expect(desk.pushesTo(alice.leg())).toEqual([
      { type: 'call.accepted', body: { callId, acceptedAt, peerLeg: legRef(bob.leg(2)) } },
    ])
  })

  it('[CA5] [F23] quiets the other devices of the callee in the same step', () => {
    const desk = ringingAtThree()
    desk.run(accept(bob.leg(2)))
    expect(desk.heardBy(bob.leg(1))).toEqual(['call.coming', 'call.taken'])
    expect(desk.heardBy(bob.leg(2))).toEqual(['call.coming'])
    expect(desk.heardBy(bob.leg(3))).toEqual(['call.coming', 'call.taken'])
  })

  it('[CA5] [F23] is won by the first; the second reads that it is taken', () => {
    const desk = ringingAtThree()
    desk.run(accept(bob.leg(2)))
    const { reply, effects } = desk.run(accept(bob.leg(3)))
    expect(reply).toEqual({ ok: false, code: 'call/taken' })
    expect(effects).toEqual([])
    expect(desk.registry.call(callId)).toMatchObject({ callee: bob.leg(2) })
  })

  it('[CA5] [F3] said twice is answered twice, and done once', () => {
    const desk = ringingAtThree()
    const first = desk.run(accept(bob.leg(2)))
    desk.now += 3_000
    const again = desk.run(accept(bob.leg(2)))
    expect(again.reply).toEqual(first.reply)
    expect(again.effects).toEqual([])
  })

  it('[CA5] tells the journal once', () => {
    const desk = ringingAtThree()
    desk.run(accept(bob.leg(1)))
    desk.run(accept(bob.leg(2)))
    expect(desk.effectsOf('journal/accepted')).toMatchObject([
      { call: { callId, acceptedAt: NOON + 5_000 } },
    ])
  })

  it.each([
    ['the caller', alice.leg()],
    ['another tab of the caller', alice.leg(2)],
    ['a tab of the callee that was not called', bob.leg(9)],
    ['a third person', carol.leg()],
  ])('[CA17] [S16] is not for %s', (_who, leg) => {
    const desk = ringingAtThree()
    expect(desk.run(accept(leg)).reply).toEqual(ended)
    expect(desk.registry.call(callId)?.phase).toBe('ringing')
  })

  it('[S16] of a call of others reads the same as of one that there is not', () => {
    const desk = aTalk()
    const foreign = desk.run(accept(carol.leg())).reply
    const unknown = desk.run(accept(carol.leg(), aCallId(9))).reply
    expect(foreign).toEqual(unknown)
  })
})
