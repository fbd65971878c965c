import { describe, expect, it } from 'vitest'
import { transition } from '#client/calls/machine/transition.ts'
import { anEvent } from '../../../support/calls/callEvents.ts'
import { aCall } from '../../../support/calls/callStates.ts'
import { aCallId, bob, carol, legRef } from '../../../support/calls/people.ts'

const callId = aCallId()
const unconfirmed = { status: 'calling', acceptedAt: null } as const

describe('a server that was killed does not know a call that was answered', () => {
  it('[CA14] the callee whose answer is refused asks how the call stands', () => {
    const call = aCall({ ...unconfirmed, role: 'callee' })
    const step = transition(call, anEvent('server/refused', { failure: 'call/ended' }))
    expect(step).toEqual({ call, effects: [{ type: 'send/resume', callId, answered: true }] })
  })

  it('[CA2] [CA14] the callee waits for the invite to be repeated', () => {
    const call = aCall({ ...unconfirmed, role: 'callee' })
    expect(transition(call, anEvent('server/unknown'))).toEqual({ call, effects: [] })
  })

  it('[CA2] [CA14] the caller repeats the invite, although it has heard the answer already', () => {
    const call = aCall({ ...unconfirmed, role: 'caller', kind: 'audio' })
    const invite = { type: 'send/invite', callId, calleeId: bob.view.id, kind: 'audio' }
    expect(transition(call, anEvent('server/unknown'))).toEqual({ call, effects: [invite] })
  })

  it('[CA2] [CA14] [CA17] the callee repeats its answer: it was clicked already', () => {
    const call = aCall({ ...unconfirmed, role: 'callee' })
    const callerLeg = legRef(carol.leg())
    const step = transition(call, anEvent('server/coming', { callerLeg }))
    expect(step.call).toEqual({ ...call, peerLeg: callerLeg })
    expect(step.effects).toEqual([
      { type: 'send/accept', callId },
      { type: 'peer/adopt', callId, leg: callerLeg, offers: false },
    ])
  })

  it('[CA2] it rings again where the call has failed meanwhile', () => {
    const call = aCall({ status: 'closing', role: 'callee', outcome: 'failed' })
    expect(transition(call, anEvent('server/coming')).call?.status).toBe('coming')
  })
})

describe('a server that was killed right after it had confirmed the answer', () => {
  const confirmed = { status: 'calling', acceptedAt: 1_000, link: 'connected' } as const

  it('[CA2] [CA14] the caller repeats the invite, and the talk goes on', () => {
    const call = aCall({ ...confirmed, role: 'caller', kind: 'audio' })
    const invite = { type: 'send/invite', callId, calleeId: bob.view.id, kind: 'audio' }
    expect(transition(call, anEvent('server/unknown'))).toEqual({ call, effects: [invite] })
  })

  it('[CA2] [CA14] the callee repeats the answer, and the talk goes on', () => {
    const call = aCall({ ...confirmed, role: 'callee' })
    const { callerLeg } = anEvent('server/coming')
    const step = transition({ ...call, peerLeg: callerLeg }, anEvent('server/coming'))
    expect(step.call).toEqual({ ...call, peerLeg: callerLeg })
    expect(step.effects).toContainEqual({ type: 'send/accept', callId })
  })
})

describe('the same invite comes late', () => {
  it.each([
    aCall({ ...unconfirmed, role: 'caller' }),
    aCall({ status: 'closing', role: 'callee', outcome: 'completed' }),
    aCall({ status: 'closing', role: 'caller', outcome: 'failed' }),
  ])('[F3] it means nothing where nothing was lost: $status, $role', (call) => {
    expect(transition(call, anEvent('server/coming'))).toEqual({ call, effects: [] })
  })
})
