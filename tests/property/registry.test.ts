import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import type { UserLeg } from '#server/calls/registry/call.ts'
import type { CallCommand } from '#server/calls/registry/commands.ts'
import { aDesk, type Desk } from '../support/calls/desk.ts'
import { aCallId, alice, bob, carol, dave } from '../support/calls/people.ts'
import { CANDIDATE, SDP } from '../support/calls/signals.ts'
import { RUNS, search } from './runs.ts'

const timeout = RUNS * 60

const PEOPLE = [alice, bob, carol, dave]
const anyPerson = fc.constantFrom(...PEOPLE)
const anyLeg = fc.tuple(anyPerson, fc.constantFrom(1, 2)).map(([person, nth]) => person.leg(nth))
const anyCallId = fc.constantFrom(1, 2, 3, 4).map(aCallId)

const anyInvite = fc.record({
  by: anyLeg,
  callee: anyPerson,
  callId: anyCallId,
  strangers: fc.nat(9),
})
const inviteOf = ({ by, callee, callId, strangers }: AnyInvite): CallCommand => ({
  type: 'invite',
  by,
  body: { callId, calleeId: callee.view.id, kind: 'video' },
  secret: secretOf(by),
  callerView: PEOPLE.find(({ view }) => view.id === by.userId)?.view ?? alice.view,
  refusal: strangers > 0 ? null : 'request/forbidden',
  calleeLegs: [callee.leg(1)],
})
type AnyInvite = Parameters<Parameters<typeof anyInvite.map>[0]>[0]

const anySignal = fc
  .record({ by: anyLeg, to: anyLeg, callId: anyCallId, what: fc.nat(2) })
  .map(({ by, to, callId, what }): CallCommand => {
    const address = { callId, generation: 1, toLeg: to.legId }
    const sdp = { ...address, sdp: SDP }
    if (what === 0) return { type: 'signal', by, signal: 'call.offer', body: sdp }
    if (what === 1) return { type: 'signal', by, signal: 'call.answer', body: sdp }
    const candidate = { ...address, candidate: CANDIDATE }
    return { type: 'signal', by, signal: 'call.candidate', body: candidate }
  })

/** A tab's secret, the same each time: so a page can show the one of the tab that it was before. */
const secretOf = ({ userId, legId }: UserLeg): string => `${userId} ${legId}`

/** Somebody shows a secret, its own or another one's. */
const anyResume = fc
  .record({ by: anyLeg, as: anyLeg, callId: anyCallId, answered: fc.boolean() })
  .map(({ by, as, callId, answered }): CallCommand => {
    const secrets = { shown: [secretOf(as)], next: secretOf(by), answered }
    return { type: 'resume', by, callId, secrets }
  })

const ringingBody = { audible: true, visible: true, early: true }

/** What anybody may send, and what time brings, in any order. */
const anyCommand: fc.Arbitrary<CallCommand> = fc.oneof(
  { weight: 3, arbitrary: anyInvite.map(inviteOf) },
  anySignal,
  { weight: 2, arbitrary: anyResume },
  fc
    .record({ by: anyLeg, callId: anyCallId })
    .map(({ by, callId }) => ({ type: 'ringing', by, body: { callId, ...ringingBody } }) as const),
  {
    weight: 2,
    arbitrary: fc
      .record({ by: anyLeg, callId: anyCallId })
      .map(({ by, callId }) => ({ type: 'accept', by, callId, secret: secretOf(by) }) as const),
  },
  fc.record({
    type: fc.constant('reject' as const),
    by: anyLeg,
    callId: anyCallId,
    text: fc.constantFrom(null, 'later'),
  }),
  fc.record({
    type: fc.constant('leave' as const),
    by: anyLeg,
    callId: anyCallId,
    outcome: fc.constantFrom('completed' as const, 'failed' as const),
  }),
  fc.record({ type: fc.constantFrom('leg-attached' as const, 'leg-refused' as const), by: anyLeg }),
  fc.record({
    type: fc.constant('leg-lost' as const),
    by: anyLeg,
    absence: fc.constantFrom('away' as const, 'left' as const),
    graceMs: fc.constantFrom(0, 30_000),
  }),
  fc.record({
    type: fc.constantFrom('grace-ended' as const, 'ring-ended' as const),
    callId: anyCallId,
  }),
)

function check(desk: Desk): void {
  const parties = new Map(
    desk
      .effectsOf('journal/opened')
      .map(({ call }) => [call.callId, [call.caller.userId, call.calleeId]]),
  )
  for (const { to, push } of desk.effectsOf('push')) {
    expect(parties.get(push.body.callId)).toContain(to.userId)
  }
  const records = desk.effectsOf('journal/closed').map(({ ending }) => ending.callId)
  expect(new Set(records).size).toBe(records.length)
  for (const [callId, both] of parties) {
    const live = desk.registry.call(callId)
    expect(records.includes(callId)).toBe(live === undefined)
    for (const userId of live === undefined ? [] : both) {
      expect(desk.registry.callOf(userId)).toBe(live)
    }
  }
  const busy = PEOPLE.filter(({ view }) => desk.registry.callOf(view.id) !== undefined)
  expect(busy).toHaveLength(2 * desk.registry.size)
}

describe('the arbiter', { timeout }, () => {
  it('[CA9] [CA13] [CA16] [S16] takes any frame in any order from anyone', () => {
    const property = fc.property(fc.array(anyCommand, { maxLength: 30 }), (commands) => {
      const desk = aDesk()
      for (const command of commands) {
        desk.now += 1_000
        desk.run(command)
      }
      check(desk)
    })
    expect(() => {
      fc.assert(property, search(Math.ceil(RUNS / 10)))
    }).not.toThrow()
  })
})
