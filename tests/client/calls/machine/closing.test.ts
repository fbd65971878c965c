import { describe, expect, it } from 'vitest'
import { CALL_OUTCOMES } from '#shared/protocol/calls.ts'
import { transition } from '#client/calls/machine/transition.ts'
import { anEvent, EVENT_TYPES } from '../../../support/calls/callEvents.ts'
import { aCall } from '../../../support/calls/callStates.ts'
import { aCallId } from '../../../support/calls/people.ts'

describe('closing', () => {
  it('goes away when it was shown long enough', () => {
    const call = aCall({ status: 'closing' })
    expect(transition(call, anEvent('timer/lingered'))).toEqual({ call: null, effects: [] })
  })

  it.each(CALL_OUTCOMES)('[CA13] takes the word of the server that the call was %s', (outcome) => {
    const call = aCall({ status: 'closing', outcome: 'cancelled', durationMs: 0 })
    const step = transition(call, anEvent('server/closed', { outcome, durationMs: 7_000 }))
    expect(step.call).toMatchObject({ status: 'closing', outcome, durationMs: 7_000 })
    expect(step.effects).toEqual([])
  })

  it('keeps why a call failed when the server says that it did', () => {
    const call = aCall({ status: 'closing', outcome: 'failed', failure: 'negotiation/no-path' })
    const step = transition(call, anEvent('server/closed', { outcome: 'failed' }))
    expect(step.call).toMatchObject({ failure: 'negotiation/no-path' })
  })

  it('names no failure any more when the server knows that a person ended the call', () => {
    const failure = 'call/ended'
    const call = aCall({ status: 'closing', role: 'callee', outcome: 'failed', failure })
    const step = transition(call, anEvent('server/closed', { outcome: 'cancelled' }))
    expect(step.call).toMatchObject({ outcome: 'cancelled', failure: null })
  })

  it('keeps why the caller gave up, of which the server knows only that they cancelled', () => {
    const failure = 'negotiation/no-relay'
    const call = aCall({ status: 'closing', outcome: 'failed', failure })
    const step = transition(call, anEvent('server/closed', { outcome: 'cancelled' }))
    expect(step.call).toMatchObject({ outcome: 'cancelled', failure })
  })

  it('gives way to the next call, dialled or coming', () => {
    const call = aCall({ status: 'closing' })
    const callId = aCallId(2)
    const dialled = transition(call, anEvent('local/dialed', { callId }))
    expect(dialled.call).toMatchObject({ status: 'waiting', callId })
    const coming = transition(call, anEvent('server/coming', { callId }))
    expect(coming.call).toMatchObject({ status: 'coming', callId })
  })

  it('does not take the next call away when its own time is over', () => {
    const call = aCall({ status: 'waiting', callId: aCallId(2) })
    expect(transition(call, anEvent('timer/lingered')).call).toBe(call)
  })

  it('[CA17] has no effect by anything but a new call, and a place that it gives back', () => {
    const call = aCall({ status: 'closing' })
    const known = ['local/dialed', 'server/coming', 'server/accepted']
    const late = EVENT_TYPES.filter((type) => !known.includes(type))
    for (const type of late) expect(transition(call, anEvent(type)).effects).toEqual([])
  })
})
