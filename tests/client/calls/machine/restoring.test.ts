import { describe, expect, it } from 'vitest'
import { transition } from '#client/calls/machine/transition.ts'
import { anEvent } from '../../../support/calls/callEvents.ts'
import { aCall } from '../../../support/calls/callStates.ts'
import { NOON } from '../../../support/calls/desk.ts'
import { aCallId, bob, legRef } from '../../../support/calls/people.ts'
import { typesOf } from '../../../support/calls/effectTypes.ts'

const callId = aCallId()
const other = legRef(bob.leg(2))

const restoredAs = (parts: object) => {
  const event = anEvent('local/restored')
  return { ...event, restored: { ...event.restored, ...parts } }
}

describe('[CA12] a page that was reloaded in a call', () => {
  it('shows the call at once, reconnecting, with the time and the devices as they were', () => {
    const step = transition(null, restoredAs({ microphone: false, camera: false }))
    expect(step.call).toMatchObject({
      status: 'calling',
      link: 'reconnecting',
      acceptedAt: NOON,
      peer: bob.view,
    })
    expect(step.effects).toEqual([
      { type: 'send/resume', callId, answered: false },
      { type: 'media/open', callId, kind: 'audio', muted: true },
      { type: 'timer/start', timer: 'lost', callId },
    ])
  })

  it('of the callee says that a click had answered', () => {
    const step = transition(null, restoredAs({ role: 'callee' }))
    expect(step.effects).toContainEqual({ type: 'send/resume', callId, answered: true })
  })

  it('still waits when nobody had answered', () => {
    const step = transition(null, restoredAs({ talk: null }))
    expect(step.call).toMatchObject({ status: 'waiting', invitedAt: NOON, legs: [] })
    expect(typesOf(step)).toEqual(['send/resume', 'media/open', 'ring', 'timer/start'])
  })

  it('does not come back into a call where another one is already', () => {
    const call = aCall({ status: 'calling' })
    const step = transition(call, { ...anEvent('local/restored'), callId: aCallId(9) })
    expect(step).toEqual({ call, effects: [] })
  })

  it.each([
    { role: 'caller', offers: true },
    { role: 'callee', offers: false },
  ] as const)('as $role connects to the leg that the server names', ({ role, offers }) => {
    const { call } = transition(null, restoredAs({ role }))
    const step = transition(call, anEvent('server/resumed', { peerLeg: other }))
    expect(step.call).toMatchObject({ peerLeg: other, link: 'reconnecting' })
    expect(step.effects).toEqual([{ type: 'peer/adopt', callId, leg: other, offers }])
  })

  it('reads how it ended meanwhile', () => {
    const { call } = transition(null, anEvent('local/restored'))
    expect(transition(call, anEvent('server/closed')).call).toMatchObject({
      status: 'closing',
      outcome: 'completed',
      durationMs: 4_000,
    })
  })

  it('finds that it was answered while it was away', () => {
    const { call } = transition(null, restoredAs({ talk: null }))
    expect(transition(call, anEvent('server/resumed')).call).toMatchObject({ status: 'calling' })
  })
})

describe('[CA12] a page whose peer was reloaded', () => {
  it('turns to the new leg, and the timer goes on', () => {
    const call = aCall({ status: 'calling', link: 'connected' })
    const step = transition(call, anEvent('server/accepted', { acceptedAt: NOON, peerLeg: other }))
    expect(step.call).toMatchObject({ peerLeg: other, link: 'reconnecting', acceptedAt: NOON })
    expect(step.effects).toEqual([
      { type: 'timer/stop-all', callId },
      { type: 'peer/adopt', callId, leg: other, offers: true },
      { type: 'timer/start', timer: 'lost', callId },
    ])
  })

  it('that rings makes its connection to the new leg of the caller', () => {
    const call = aCall({ status: 'coming' })
    const step = transition(call, anEvent('server/coming', { callerLeg: other }))
    expect(step.call).toMatchObject({ status: 'coming', callerLeg: other })
    expect(step.effects).toEqual([
      { type: 'peer/drop', callId, legId: call.callerLeg.legId },
      { type: 'peer/open', callId, leg: other, offers: false },
      { type: 'send/ringing', callId },
    ])
  })

  it('that rings does nothing when it is told of the same leg again', () => {
    const call = aCall({ status: 'coming' })
    expect(transition(call, anEvent('server/coming'))).toEqual({ call, effects: [] })
  })
})

describe('[CA14] a page whose server was away', () => {
  it.each([
    ['waiting', 'caller', false],
    ['coming', 'callee', false],
    ['calling', 'caller', false],
    ['calling', 'callee', true],
  ] as const)('that is %s as %s asks how the call stands', (status, role, answered) => {
    const call = { ...aCall({ status }), role } as ReturnType<typeof aCall>
    const step = transition(call, anEvent('server/reached'))
    expect(step.call).toBe(call)
    expect(step.effects[0]).toEqual({ type: 'send/resume', callId, answered })
  })

  it('invites once more when the server never wrote its call down', () => {
    const call = aCall({ status: 'waiting' })
    expect(transition(call, anEvent('server/unknown'))).toEqual({
      call,
      effects: [{ type: 'send/invite', callId, calleeId: bob.view.id, kind: 'video' }],
    })
  })

  it('forgets what rang when the server never heard of it, so that it can ring anew', () => {
    const call = aCall({ status: 'coming' })
    const step = transition(call, anEvent('server/unknown'))
    expect(step).toEqual({
      call: null,
      effects: [
        { type: 'timer/stop-all', callId },
        { type: 'peer/drop', callId, legId: bob.leg().legId },
        { type: 'ring', ring: 'silence', callId },
      ],
    })
    expect(transition(step.call, anEvent('server/coming')).call?.status).toBe('coming')
  })

  it('gives its place back when the server forgot that the call is over', () => {
    const call = aCall({ status: 'closing' })
    expect(transition(call, anEvent('server/accepted'))).toEqual({
      call,
      effects: [{ type: 'send/hangup', callId, outcome: 'completed' }],
    })
  })

  it('keeps the connection that stands', () => {
    const call = aCall({ status: 'calling', link: 'connected' })
    const step = transition(call, anEvent('server/resumed'))
    expect(step.call).toMatchObject({ link: 'connected' })
  })
})
