import { describe, expect, it } from 'vitest'
import { accept, aDesk, anInvite, aTalk, leave, reject } from '../../../support/calls/desk.ts'
import { aCallId, alice, bob, carol } from '../../../support/calls/people.ts'

const closedAs = (outcome: string, durationMs = 0) => ({
  type: 'call.closed',
  body: { callId: aCallId(), outcome, durationMs },
})

describe('cancel', () => {
  it('[CA4] ends a ringing call as cancelled for everybody', () => {
    const desk = aDesk()
    desk.run(anInvite({ calleeLegs: [bob.leg(1), bob.leg(2)] }))
    expect(desk.run(leave(alice.leg())).reply).toEqual({ ok: true, body: {} })
    for (const leg of [alice.leg(), bob.leg(1), bob.leg(2)]) {
      expect(desk.pushesTo(leg).at(-1)).toEqual(closedAs('cancelled'))
    }
    expect(desk.registry.size).toBe(0)
  })

  it('[CA16] that comes before its invite keeps it from ringing', () => {
    const desk = aDesk()
    expect(desk.run(leave(alice.leg())).reply).toEqual({ ok: false, code: 'call/ended' })
    expect(desk.run(anInvite()).reply).toEqual({
      ok: true,
      body: { status: 'closed', outcome: 'cancelled', durationMs: 0 },
    })
    expect(desk.effects).toEqual([])
    expect(desk.registry.size).toBe(0)
  })

  it('[CA16] before the invite concerns only who cancelled', () => {
    const desk = aDesk()
    desk.run(leave(carol.leg()))
    expect(desk.run(anInvite()).reply).toMatchObject({ ok: true, body: { status: 'ringing' } })
  })

  it('[CA16] before the invite is remembered for as many invites as a minute allows', () => {
    const desk = aDesk()
    for (let n = 1; n <= 11; n += 1) desk.run(leave(alice.leg(), aCallId(n)))
    expect(desk.registry.isWithdrawn(alice.view.id, aCallId(1))).toBe(false)
    for (let n = 2; n <= 11; n += 1) {
      expect(desk.registry.isWithdrawn(alice.view.id, aCallId(n))).toBe(true)
    }
  })

  it('that crosses the accept ends the talk', () => {
    const desk = aTalk()
    desk.now += 300
    desk.run(leave(alice.leg()))
    expect(desk.pushesTo(bob.leg()).at(-1)).toEqual(closedAs('completed', 300))
  })
})

describe('hang-up', () => {
  it.each([
    ['the caller', alice.leg()],
    ['the callee', bob.leg()],
  ])('by %s ends the talk for both, with the same duration', (_who, leg) => {
    const desk = aTalk()
    desk.now += 83_000
    expect(desk.run(leave(leg)).reply).toEqual({ ok: true, body: {} })
    expect(desk.pushesTo(alice.leg()).at(-1)).toEqual(closedAs('completed', 83_000))
    expect(desk.pushesTo(bob.leg()).at(-1)).toEqual(closedAs('completed', 83_000))
    expect(desk.registry.callOf(alice.view.id)).toBeUndefined()
    expect(desk.registry.callOf(bob.view.id)).toBeUndefined()
  })

  it('[CA13] of a leg that found no path to its peer is recorded as failed', () => {
    const desk = aTalk()
    desk.now += 30_000
    desk.run(leave(alice.leg(), aCallId(), 'failed'))
    expect(desk.pushesTo(bob.leg()).at(-1)).toEqual(closedAs('failed', 30_000))
    expect(desk.effectsOf('journal/closed')).toMatchObject([{ ending: { outcome: 'failed' } }])
  })

  it('that comes before the accept it follows declines', () => {
    const desk = aDesk()
    desk.run(anInvite())
    desk.run(leave(bob.leg()))
    expect(desk.pushesTo(alice.leg()).at(-1)).toEqual(closedAs('rejected'))
    expect(desk.run(accept(bob.leg())).reply).toEqual({ ok: false, code: 'call/ended' })
  })

  it('[F3] said twice ends the call once', () => {
    const desk = aTalk()
    desk.run(leave(alice.leg()))
    const { reply, effects } = desk.run(leave(alice.leg()))
    expect(reply).toEqual({ ok: false, code: 'call/ended' })
    expect(effects).toEqual([])
  })

  it('never counts a negative time when the clock went back', () => {
    const desk = aTalk()
    desk.now -= 3_600_000
    desk.run(leave(alice.leg()))
    expect(desk.pushesTo(bob.leg()).at(-1)).toEqual(closedAs('completed', 0))
  })
})

describe('reject', () => {
  it('[CA6] from one device ends the call for all of them', () => {
    const desk = aDesk()
    desk.run(anInvite({ calleeLegs: [bob.leg(1), bob.leg(2), bob.leg(3)] }))
    expect(desk.run(reject(bob.leg(2))).reply).toEqual({ ok: true, body: {} })
    for (const leg of [alice.leg(), bob.leg(1), bob.leg(2), bob.leg(3)]) {
      expect(desk.pushesTo(leg).at(-1)).toEqual(closedAs('rejected'))
    }
  })

  it('[CA6] with a text sends it to the caller as a message, after the record', () => {
    const desk = aDesk()
    desk.run(anInvite())
    desk.run(reject(bob.leg(), '在开会'))
    expect(desk.effects.slice(-2).map(({ type }) => type)).toEqual([
      'journal/closed',
      'chat/reject-text',
    ])
    expect(desk.effectsOf('chat/reject-text')).toEqual([
      {
        type: 'chat/reject-text',
        callId: aCallId(),
        from: bob.view.id,
        to: alice.view.id,
        text: '在开会',
      },
    ])
  })

  it('[CA6] [F3] said twice sends the text once', () => {
    const desk = aDesk()
    desk.run(anInvite())
    desk.run(reject(bob.leg(), '在开会'))
    expect(desk.run(reject(bob.leg(), '在开会')).reply).toEqual({ ok: false, code: 'call/ended' })
    expect(desk.effectsOf('chat/reject-text')).toHaveLength(1)
  })

  it('[CA6] that comes after another device answered changes nothing', () => {
    const desk = aDesk()
    desk.run(anInvite({ calleeLegs: [bob.leg(1), bob.leg(2)] }))
    desk.run(accept(bob.leg(1)))
    const { reply, effects } = desk.run(reject(bob.leg(2), '在开会'))
    expect(reply).toEqual({ ok: false, code: 'call/taken' })
    expect(effects).toEqual([])
    expect(desk.registry.call(aCallId())?.phase).toBe('talking')
  })

  it('is for the callee only', () => {
    const desk = aDesk()
    desk.run(anInvite())
    expect(desk.run(reject(alice.leg())).reply).toEqual({ ok: false, code: 'call/ended' })
    expect(desk.registry.size).toBe(1)
  })
})

describe('a block', () => {
  it('[CA1] [S17] ends the talk of the two, whichever device it is on', () => {
    const desk = aTalk()
    desk.run({ type: 'part', by: bob.view.id, from: alice.view.id })
    expect(desk.pushesTo(alice.leg()).at(-1)).toMatchObject(closedAs('completed'))
    expect(desk.registry.size).toBe(0)
  })

  it.each([
    [alice, bob, 'cancelled'],
    [bob, alice, 'rejected'],
  ])('[CA1] [S17] while it rings is what it would be by a press', (by, from, outcome) => {
    const desk = aDesk()
    desk.run(anInvite())
    desk.run({ type: 'part', by: by.view.id, from: from.view.id })
    expect(desk.pushesTo(alice.leg()).at(-1)).toEqual(closedAs(outcome))
  })

  it('[S17] of somebody else leaves the call alone', () => {
    const desk = aTalk()
    desk.run({ type: 'part', by: bob.view.id, from: carol.view.id })
    desk.run({ type: 'part', by: carol.view.id, from: bob.view.id })
    expect(desk.registry.size).toBe(1)
  })
})
