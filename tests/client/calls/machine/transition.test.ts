import { describe, expect, it } from 'vitest'
import { CALL_STATUSES, transition } from '#client/calls/machine/transition.ts'
import { anEvent, EVENT_TYPES } from '../../../support/calls/callEvents.ts'
import { aCall } from '../../../support/calls/callStates.ts'
import { aCallId } from '../../../support/calls/people.ts'

const OTHER = aCallId(7)
const hangUp = { type: 'send/hangup', callId: OTHER, outcome: 'completed' }

const beginning = ['local/dialed', 'local/restored', 'server/coming']
const late = EVENT_TYPES.filter((type) => !beginning.includes(type))
const meaningless = late.filter((type) => type !== 'server/accepted')

describe('no call', () => {
  it.each(meaningless)('is left alone by %s', (type) => {
    expect(transition(null, anEvent(type))).toEqual({ call: null, effects: [] })
  })
})

describe.each(CALL_STATUSES)('%s', (status) => {
  const call = aCall({ status })

  it.each(meaningless)('[F4] is left alone by %s of another call', (type) => {
    const step = transition(call, anEvent(type, { callId: OTHER }))
    expect(step.call).toBe(call)
    expect(step.effects).toEqual([])
  })

  it.each(beginning)('[F3] does not begin again by a second %s of the same call', (type) => {
    const step = transition(call, anEvent(type as 'local/dialed'))
    expect(step.call).toBe(call)
    expect(step.effects).toEqual([])
  })
})

describe('the server says that this leg talks in a call', () => {
  const accepted = anEvent('server/accepted', { callId: OTHER })

  it.each(['coming', 'calling', 'closing'] as const)(
    '[CA10] while another one is %s: it gives that place back',
    (status) => {
      const call = aCall({ status })
      const step = transition(call, accepted)
      expect(step.call).toBe(call)
      expect(step.effects).toEqual([hangUp])
    },
  )

  it('[CA10] while there is none: it gives that place back', () => {
    expect(transition(null, accepted)).toEqual({ call: null, effects: [hangUp] })
  })

  it('[CA8] while it waits for the answer to its invite: that answer will tell', () => {
    const call = aCall({ status: 'waiting' })
    expect(transition(call, accepted)).toEqual({ call, effects: [] })
  })
})
