import { describe, expect, it } from 'vitest'
import type { UserLeg } from '#server/calls/registry/call.ts'
import { accept, aDesk, anInvite, aTalk } from '../../../support/calls/desk.ts'
import { aCallId, alice, bob, carol, legRef } from '../../../support/calls/people.ts'
import {
  aCandidate,
  anAnswer,
  anOffer,
  CANDIDATE,
  SDP,
  signalCommand,
} from '../../../support/calls/signals.ts'

const callId = aCallId()
const ended = { ok: false, code: 'call/ended' }

/** Alice calls Bob, whose two tabs ring. */
function ringing() {
  const desk = aDesk()
  desk.run(anInvite({ calleeLegs: [bob.leg(1), bob.leg(2)] }))
  return desk
}

const ringingOf = (by: UserLeg, of = callId) =>
  ({
    type: 'ringing',
    by,
    body: { callId: of, audible: true, visible: false, early: true },
  }) as const

describe('relay', () => {
  it('[CA9] [S15] hands an offer to the leg it names, from whom the server knows', () => {
    const desk = ringing()
    const { reply } = desk.run(signalCommand(anOffer({ to: bob.leg(2), generation: 3 })))
    expect(reply).toEqual({ ok: true, body: {} })
    expect(desk.pushesTo(bob.leg(2)).at(-1)).toEqual({
      type: 'call.offer',
      body: { callId, generation: 3, sdp: SDP, from: legRef(alice.leg()) },
    })
    expect(desk.heardBy(bob.leg(1))).toEqual(['call.coming'])
  })

  it('[CA9] tells of which connection it is: of a standby, too', () => {
    const desk = ringing()
    desk.run(signalCommand(anOffer({ to: bob.leg(2), standby: true })))
    expect(desk.pushesTo(bob.leg(2)).at(-1)).toMatchObject({ body: { callId, standby: true } })
  })

  it('[CA9] hands answers and candidates to the caller', () => {
    const desk = ringing()
    desk.run(signalCommand(anAnswer({ to: alice.leg() }), bob.leg(2)))
    desk.run(signalCommand(aCandidate({ to: alice.leg() }), bob.leg(2)))
    const from = legRef(bob.leg(2))
    expect(desk.pushesTo(alice.leg())).toEqual([
      { type: 'call.answer', body: { callId, generation: 1, sdp: SDP, from } },
      { type: 'call.candidate', body: { callId, generation: 1, candidate: CANDIDATE, from } },
    ])
  })

  it('[CA9] goes on between the two who talk', () => {
    const desk = aTalk()
    expect(desk.run(signalCommand(anOffer())).reply).toMatchObject({ ok: true })
    expect(desk.run(signalCommand(anAnswer({ to: alice.leg() }), bob.leg())).reply).toMatchObject({
      ok: true,
    })
  })

  it('[CA9] ends for the other devices when one has answered', () => {
    const desk = ringing()
    desk.run(accept(bob.leg(1)))
    expect(desk.run(signalCommand(anOffer({ to: bob.leg(2) }))).reply).toEqual(ended)
    expect(desk.run(signalCommand(anAnswer({ to: alice.leg() }), bob.leg(2))).reply).toEqual(ended)
    expect(desk.heardBy(bob.leg(2))).toEqual(['call.coming', 'call.taken'])
  })

  it.each([
    ['to another tab of its own side', bob.leg(1), bob.leg(2)],
    ['to itself', alice.leg(), alice.leg()],
    ['to a third person', alice.leg(), carol.leg()],
    ['from another tab of the caller', alice.leg(2), bob.leg(1)],
    ['from a tab of the callee that was not called', bob.leg(9), alice.leg()],
    ['from a third person to the caller', carol.leg(), alice.leg()],
    ['from a third person to the callee', carol.leg(), bob.leg(1)],
  ])('[CA9] [CA16] [S16] reaches nobody %s', (_what, by, to) => {
    const desk = ringing()
    for (const signal of [anOffer({ to }), anAnswer({ to }), aCandidate({ to })]) {
      const { reply, effects } = desk.run(signalCommand(signal, by))
      expect(reply).toEqual(ended)
      expect(effects).toEqual([])
    }
  })

  it('[S16] answers the same for a call of others as for one that there is not', () => {
    const desk = ringing()
    const foreign = desk.run(signalCommand(anOffer(), carol.leg())).reply
    const unknown = desk.run(signalCommand(anOffer({ callId: aCallId(9) }), carol.leg())).reply
    expect(foreign).toEqual(unknown)
  })

  it('[CA9] finds the other side also when a callee chose the leg id of the caller', () => {
    const desk = aDesk()
    const twin = { ...bob.leg(), legId: alice.leg().legId }
    desk.run(anInvite({ calleeLegs: [twin] }))
    desk.run(signalCommand(anOffer({ to: twin })))
    expect(desk.pushesTo(twin).at(-1)?.type).toBe('call.offer')
    expect(desk.pushesTo(alice.leg())).toEqual([])
  })
})

describe('ringing', () => {
  it('[CA9] tells the caller that a leg rings, and how', () => {
    const desk = ringing()
    expect(desk.run(ringingOf(bob.leg(2))).reply).toEqual({ ok: true, body: {} })
    expect(desk.pushesTo(alice.leg())).toEqual([
      {
        type: 'call.ringing',
        body: { callId, audible: true, visible: false, early: true, from: legRef(bob.leg(2)) },
      },
    ])
  })

  it('[F4] that comes after the answer is of no interest', () => {
    const desk = aTalk()
    const { reply, effects } = desk.run(ringingOf(bob.leg()))
    expect(reply).toEqual({ ok: true, body: {} })
    expect(effects).toEqual([])
  })

  it.each([
    ['the caller', alice.leg()],
    ['a tab that was not called', bob.leg(9)],
    ['a third person', carol.leg()],
  ])('[CA9] [S16] is not for %s', (_who, leg) => {
    const desk = ringing()
    const { reply, effects } = desk.run(ringingOf(leg))
    expect(reply).toEqual(ended)
    expect(effects).toEqual([])
  })

  it('of an unknown call reads as ended', () => {
    expect(ringing().run(ringingOf(bob.leg(), aCallId(9))).reply).toEqual(ended)
  })
})
