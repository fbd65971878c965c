import { describe, expect, it } from 'vitest'
import type { UserLeg } from '#server/calls/registry/call.ts'
import type { CallCommand, Resuming } from '#server/calls/registry/commands.ts'
import { accept, aDesk, aTalk, anInvite, leave, type Desk } from '../../../support/calls/desk.ts'
import { aCallId, alice, bob, carol, legRef } from '../../../support/calls/people.ts'

const callId = aCallId()

const resume = (
  by: UserLeg,
  { callId: asked = callId, ...secrets }: Partial<Resuming> & { callId?: string } = {},
): CallCommand => ({
  type: 'resume',
  by,
  callId: asked,
  secrets: { shown: [], next: 'next', answered: false, ...secrets },
})

/** Alice and Bob talk, each with a secret. */
function aKeptTalk(): Desk {
  const desk = aDesk()
  desk.run(anInvite({ secret: 'of alice' }))
  desk.run(accept(bob.leg(), callId, 'of bob'))
  return desk
}

const bodyOf = (desk: Desk, command: CallCommand): unknown => {
  const { reply } = desk.run(command)
  return reply.ok ? reply.body : reply.code
}

describe('[CA12] a reloaded page', () => {
  it('of the caller takes its place with its secret, and the callee connects to it', () => {
    const desk = aKeptTalk()
    desk.run({ type: 'leg-lost', by: alice.leg(), absence: 'left', graceMs: 8_000 })
    const reply = bodyOf(desk, resume(alice.leg(2), { shown: ['of alice'] }))
    expect(reply).toMatchObject({ status: 'talking', peerLeg: legRef(bob.leg()) })
    expect(desk.registry.call(callId)).toMatchObject({ caller: alice.leg(2), away: [] })
    expect(desk.pushesTo(bob.leg()).slice(-2)).toMatchObject([
      { type: 'call.accepted', body: { peerLeg: legRef(alice.leg(2)) } },
      { type: 'call.peer', body: { presence: 'back' } },
    ])
  })

  it('of the callee does the same', () => {
    const desk = aKeptTalk()
    const reply = bodyOf(desk, resume(bob.leg(2), { shown: ['of bob'] }))
    expect(reply).toMatchObject({ status: 'talking', peerLeg: legRef(alice.leg()) })
    expect(desk.registry.call(callId)).toMatchObject({
      callee: bob.leg(2),
      calleeLegs: [bob.leg(2)],
    })
  })

  it('of a caller that still waits rings on, and the callee learns where to connect', () => {
    const desk = aDesk()
    desk.run(anInvite({ secret: 'of alice' }))
    const reply = bodyOf(desk, resume(alice.leg(2), { shown: ['of alice'] }))
    expect(reply).toMatchObject({ status: 'ringing', invitedAt: desk.now })
    expect(desk.pushesTo(bob.leg()).at(-1)).toMatchObject({
      type: 'call.coming',
      body: { callerLeg: legRef(alice.leg(2)) },
    })
    desk.run(accept(bob.leg()))
    expect(desk.heardBy(alice.leg(2))).toEqual(['call.accepted'])
  })

  it('ends the part of the page before it', () => {
    const desk = aKeptTalk()
    desk.run(resume(alice.leg(2), { shown: ['of alice'] }))
    expect(desk.heardBy(alice.leg())).toContain('call.taken')
    expect(desk.run(leave(alice.leg())).reply).toEqual({ ok: false, code: 'call/ended' })
    expect(desk.registry.call(callId)?.phase).toBe('talking')
  })

  it('is not ended by the grace of the page before it', () => {
    const desk = aKeptTalk()
    desk.run({ type: 'leg-lost', by: alice.leg(), absence: 'left', graceMs: 8_000 })
    desk.run(resume(alice.leg(2), { shown: ['of alice'] }))
    desk.now += 8_000
    desk.run({ type: 'grace-ended', callId })
    expect(desk.registry.call(callId)?.phase).toBe('talking')
  })

  it('uses a secret once: the next one counts from then on', () => {
    const desk = aKeptTalk()
    desk.run(resume(alice.leg(2), { shown: ['of alice'], next: 'second' }))
    expect(bodyOf(desk, resume(alice.leg(3), { shown: ['of alice'] }))).toBe('call/taken')
    expect(bodyOf(desk, resume(alice.leg(3), { shown: ['of alice', 'second'] }))).toMatchObject({
      status: 'talking',
    })
  })

  it('is answered the same when it asks twice', () => {
    const desk = aKeptTalk()
    const first = bodyOf(desk, resume(alice.leg(2), { shown: ['of alice'], next: 'second' }))
    expect(bodyOf(desk, resume(alice.leg(2), { shown: ['of alice'], next: 'second' }))).toEqual(
      first,
    )
  })

  it('has the new leg written down, so that a restart finds it there', () => {
    const desk = aKeptTalk()
    desk.run(resume(bob.leg(2), { shown: ['of bob'], next: 'second' }))
    expect(desk.effectsOf('journal/moved').at(-1)?.call).toMatchObject({
      callee: bob.leg(2),
      calleeSecret: 'second',
    })
  })

  it('reads how the call ended meanwhile', () => {
    const desk = aKeptTalk()
    desk.now += 5_000
    desk.run(leave(bob.leg()))
    expect(bodyOf(desk, resume(alice.leg(2), { shown: ['of alice'] }))).toEqual({
      status: 'closed',
      outcome: 'completed',
      durationMs: 5_000,
    })
  })
})

describe('[CA12] [CA16] who does not know the secret', () => {
  it.each([
    ['another tab of the caller', alice.leg(2), ['guessed'], 'call/taken'],
    ['another tab of the callee', bob.leg(2), ['guessed'], 'call/taken'],
    ['a stranger, even with the secrets', carol.leg(), ['of alice', 'of bob'], 'call/ended'],
  ])('%s gets no place', (_who, by, shown, code) => {
    const desk = aKeptTalk()
    expect(bodyOf(desk, resume(by, { shown }))).toBe(code)
    expect(desk.registry.call(callId)).toMatchObject({ caller: alice.leg(), callee: bob.leg() })
  })

  it('a secret of the other side is none', () => {
    const desk = aKeptTalk()
    expect(bodyOf(desk, resume(bob.leg(2), { shown: ['of alice'] }))).toBe('call/taken')
  })

  it('nobody takes a place that has no secret', () => {
    const desk = aTalk()
    expect(bodyOf(desk, resume(alice.leg(2), { shown: [''] }))).toBe('call/taken')
  })

  it('a stranger learns nothing of a call that is over', () => {
    const desk = aKeptTalk()
    desk.run(leave(bob.leg()))
    expect(bodyOf(desk, resume(carol.leg()))).toBe('call/ended')
  })
})

describe('[CA3] who comes back into a call that it is not in any more', () => {
  const fromCarol = anInvite({
    by: carol.leg(),
    callId: aCallId(2),
    calleeId: alice.view.id,
    callerView: carol.view,
    calleeLegs: [alice.leg(2)],
  })

  it.each([
    ['reads how it ended', aCallId()],
    ['reads that there is no such call', aCallId(7)],
  ])('%s, and then that somebody rings', (_what, asked) => {
    const desk = aKeptTalk()
    desk.run(leave(bob.leg()))
    desk.run(fromCarol)
    const before = desk.heardBy(alice.leg(2)).length
    const { effects } = desk.run(resume(alice.leg(2), { callId: asked }))
    expect(effects).toEqual([{ type: 'follow-up', by: alice.leg(2) }])
    desk.run({ type: 'leg-refused', by: alice.leg(2) })
    expect(desk.heardBy(alice.leg(2)).slice(before)).toEqual(['call.coming'])
  })

  it('hears nothing more when nobody rings', () => {
    const desk = aKeptTalk()
    expect(desk.run(resume(alice.leg(2))).effects).toEqual([])
  })
})

describe('[CA14] a leg whose server was restarted', () => {
  it('asks without a secret: it still has its place', () => {
    const desk = aKeptTalk()
    expect(bodyOf(desk, resume(alice.leg()))).toMatchObject({ status: 'talking' })
  })

  it('that has answered has its answer known, also when the server has lost it', () => {
    const desk = aDesk()
    desk.run(anInvite())
    expect(bodyOf(desk, resume(bob.leg(), { answered: true }))).toMatchObject({
      status: 'talking',
      peerLeg: legRef(alice.leg()),
    })
    expect(desk.heardBy(alice.leg())).toEqual(['call.accepted'])
  })

  it('of the caller can not answer its own call', () => {
    const desk = aDesk()
    desk.run(anInvite())
    expect(bodyOf(desk, resume(alice.leg(), { answered: true }))).toMatchObject({
      status: 'ringing',
    })
  })

  it('that rings learns that it still does, or how it ended', () => {
    const desk = aDesk()
    desk.run(anInvite())
    expect(bodyOf(desk, resume(bob.leg()))).toMatchObject({ status: 'ringing' })
    desk.run(leave(alice.leg()))
    expect(bodyOf(desk, resume(bob.leg()))).toMatchObject({ outcome: 'cancelled' })
  })
})
