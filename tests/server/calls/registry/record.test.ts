import { describe, expect, it } from 'vitest'
import type { CallCommand } from '#server/calls/registry/commands.ts'
import { createRegistry } from '#server/calls/registry/registry.ts'
import {
  accept,
  aDesk,
  anInvite,
  aTalk,
  leave,
  NOON,
  reject,
  type Desk,
} from '../../../support/calls/desk.ts'
import { aCallId, alice, bob, carol } from '../../../support/calls/people.ts'

const callId = aCallId()

function ringing(): Desk {
  const desk = aDesk()
  desk.run(anInvite())
  desk.now += 10_000
  return desk
}

const lose = { type: 'leg-lost', by: alice.leg(), absence: 'away', graceMs: 0 } as const
const graceEnded = { type: 'grace-ended', callId } as const

const WITHOUT_TALK = 0
const TALK = 60_000

/** How a call can end, by whom, and what its record says. */
const ENDINGS: readonly (readonly [string, () => Desk, readonly CallCommand[], object])[] = [
  ['cancelled by the caller', ringing, [leave(alice.leg())], said('cancelled', WITHOUT_TALK)],
  ['declined', ringing, [reject(bob.leg())], said('rejected', WITHOUT_TALK)],
  ['left before the answer', ringing, [leave(bob.leg())], said('rejected', WITHOUT_TALK)],
  ['not answered', ringing, [{ type: 'ring-ended', callId }], said('unanswered', WITHOUT_TALK)],
  ['whose caller vanished', ringing, [lose, graceEnded], said('cancelled', WITHOUT_TALK)],
  ['hung up by the caller', aTalk, [leave(alice.leg())], said('completed', TALK)],
  ['hung up by the callee', aTalk, [leave(bob.leg())], said('completed', TALK)],
  ['without a path', aTalk, [leave(bob.leg(), callId, 'failed')], said('failed', TALK)],
  ['one of whom vanished', aTalk, [lose, graceEnded], said('failed', TALK)],
]

function said(outcome: string, durationMs: number): object {
  return { outcome, durationMs }
}

describe('the record of a call', () => {
  it.each(ENDINGS)('[CA13] %s is written once', (_how, begin, commands, record) => {
    const desk = begin()
    desk.now += 60_000
    for (const command of commands) desk.run(command)
    for (const command of commands) desk.run(command)
    desk.run({ type: 'ring-ended', callId })
    expect(desk.effectsOf('journal/opened')).toHaveLength(1)
    expect(desk.effectsOf('journal/closed').map(({ ending }) => ending)).toEqual([
      {
        callId,
        kind: 'video',
        callerId: alice.view.id,
        calleeId: bob.view.id,
        ...record,
        closedAt: NOON + 70_000,
      },
    ])
  })

  it('[CA13] names the legs that had anything to do with the call', () => {
    const desk = aTalk()
    desk.run(leave(alice.leg()))
    expect(desk.effectsOf('journal/closed')).toMatchObject([{ legs: [alice.leg(), bob.leg()] }])
  })

  it('[CA13] comes after the words to both sides, so that the disk delays nobody', () => {
    const desk = aTalk()
    desk.run(leave(alice.leg()))
    expect(desk.effects.at(-1)?.type).toBe('journal/closed')
  })
})

describe('createRegistry', () => {
  it('remembers an ended call for five minutes, for requests that are said again', () => {
    const desk = ringing()
    desk.run(leave(alice.leg()))
    desk.registry.forget(desk.now + 300_000)
    expect(desk.registry.ended(callId)).toMatchObject({ outcome: 'cancelled' })
    desk.registry.forget(desk.now + 300_001)
    expect(desk.registry.ended(callId)).toBeUndefined()
  })

  it('remembers a merged and a withdrawn invite as long', () => {
    const desk = ringing()
    const back = { by: bob.leg(), calleeId: alice.view.id, callerView: bob.view }
    desk.run(anInvite({ ...back, callId: aCallId(2) }))
    desk.run(leave(carol.leg(), aCallId(3)))
    const { registry } = desk
    registry.forget(desk.now + 300_000)
    expect(registry.merged(aCallId(2))).toMatchObject({ into: callId })
    expect(registry.isWithdrawn(carol.view.id, aCallId(3))).toBe(true)
    registry.forget(desk.now + 300_001)
    expect(registry.merged(aCallId(2))).toBeUndefined()
    expect(registry.isWithdrawn(carol.view.id, aCallId(3))).toBe(false)
  })

  it('never forgets a call that goes on', () => {
    const desk = aTalk()
    desk.registry.forget(desk.now + 86_400_000)
    expect(desk.registry.callOf(alice.view.id)?.callId).toBe(callId)
    expect(desk.run(accept(bob.leg())).reply).toMatchObject({ ok: true })
  })

  it('knows nobody at first', () => {
    const registry = createRegistry()
    expect(registry.size).toBe(0)
    expect(registry.callOf(alice.view.id)).toBeUndefined()
  })
})
