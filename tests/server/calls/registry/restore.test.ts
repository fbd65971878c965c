import { describe, expect, it } from 'vitest'
import { LEG_GRACE_MS, RING_TIMEOUT_MS } from '#shared/limits.ts'
import type { LiveCall } from '#server/calls/registry/call.ts'
import { restore } from '#server/calls/registry/restore.ts'
import {
  accept,
  aDesk,
  anInvite,
  anInviteBack,
  aTalk,
  type Desk,
} from '../../../support/calls/desk.ts'
import { aCallId, alice, bob } from '../../../support/calls/people.ts'

const callId = aCallId()

/** The server begins anew with what the one before it knew. */
function restarted(desk: Desk, afterMs: number): Desk {
  const left = [desk.registry.call(callId)].filter((call): call is LiveCall => call !== undefined)
  const next = aDesk()
  next.now = desk.now + afterMs
  const decision = restore(left, next.now)
  next.registry.apply(decision)
  next.effects.push(...decision.effects)
  return next
}

const attach = (desk: Desk, by = alice.leg()): unknown => desk.run({ type: 'leg-attached', by })

describe('[CA8] [CA14] an invite that glare had merged, said again to the next server', () => {
  const again = (secret: string | null) => anInviteBack({ callId: aCallId(2), secret })

  function crossedThenRestarted(): Desk {
    const before = aDesk()
    before.run(anInvite({ callId }))
    before.run(again('of bob'))
    const desk = restarted(before, 1_000)
    attach(desk)
    attach(desk, bob.leg())
    return desk
  }

  it('is merged once more: nothing ends and nobody rings', () => {
    const desk = crossedThenRestarted()
    expect(desk.run(again('of bob')).reply).toMatchObject({
      ok: true,
      body: { status: 'merged', into: { callId, peerLeg: { legId: alice.leg().legId } } },
    })
    expect(desk.registry.call(callId)).toMatchObject({ phase: 'talking', callee: bob.leg() })
    expect(desk.effectsOf('journal/closed')).toEqual([])
    expect(desk.registry.merged(aCallId(2))).toMatchObject({ into: callId })
  })

  it('is another call under another secret: the one before was left', () => {
    const desk = crossedThenRestarted()
    expect(desk.run(again('another')).reply).toMatchObject({ body: { status: 'ringing' } })
    expect(desk.registry.call(callId)).toBeUndefined()
  })
})

describe('[CA14] calls that a server finds when it starts', () => {
  it('goes on when both who talk are back within the grace', () => {
    const desk = restarted(aTalk(), 5_000)
    attach(desk)
    attach(desk, bob.leg())
    desk.now += LEG_GRACE_MS
    desk.run({ type: 'grace-ended', callId })
    expect(desk.registry.call(callId)).toMatchObject({ phase: 'talking', away: [] })
    expect(desk.heardBy(bob.leg())).toContain('call.accepted')
  })

  it('ends as failed when one of them does not come back', () => {
    const desk = restarted(aTalk(), 5_000)
    attach(desk)
    desk.now += LEG_GRACE_MS
    desk.run({ type: 'grace-ended', callId })
    expect(desk.effectsOf('journal/closed')).toMatchObject([{ ending: { outcome: 'failed' } }])
  })

  it('rings on for the rest of its time, at every leg that says hello', () => {
    const before = aDesk()
    before.run(anInvite())
    const desk = restarted(before, 10_000)
    attach(desk)
    attach(desk, bob.leg(2))
    expect(desk.heardBy(bob.leg(2))).toEqual(['call.coming'])
    expect(desk.effectsOf('arm')).toContainEqual({
      type: 'arm',
      timer: 'ring',
      callId,
      at: before.now + RING_TIMEOUT_MS,
    })
    desk.run(accept(bob.leg(2)))
    expect(desk.heardBy(alice.leg())).toEqual(['call.accepted'])
  })

  it('is unanswered when its time has passed meanwhile, at the moment when it passed', () => {
    const before = aDesk()
    before.run(anInvite())
    const desk = restarted(before, 600_000)
    expect(desk.registry.call(callId)).toBeUndefined()
    expect(desk.effectsOf('journal/closed')).toMatchObject([
      { ending: { outcome: 'unanswered', closedAt: before.now + RING_TIMEOUT_MS } },
    ])
  })
})
