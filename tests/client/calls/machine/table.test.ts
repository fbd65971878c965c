import { describe, expect, it } from 'vitest'
import type { CallEventType } from '#client/calls/machine/events.ts'
import type { CallStatus } from '#client/calls/machine/state.ts'
import { table } from '#client/calls/machine/table.ts'
import { CALL_STATUSES, transition } from '#client/calls/machine/transition.ts'
import { anEvent, EVENT_TYPES } from '../../../support/calls/callEvents.ts'
import { aCall } from '../../../support/calls/callStates.ts'
import { typesOf } from '../../../support/calls/effectTypes.ts'

/** What each status answers to, and what becomes of it; everything else is ignored. */
const ANSWERS: Readonly<Record<CallStatus, Partial<Record<CallEventType, string>>>> = {
  waiting: {
    'local/cancelled': 'closing',
    'server/reached': 'waiting',
    'server/resumed': 'calling',
    'server/unknown': 'waiting',
    'server/invited': 'waiting',
    'server/merged': 'calling',
    'server/refused': 'closing',
    'server/ringing': 'waiting',
    'server/left': 'waiting',
    'server/accepted': 'calling',
    'server/closed': 'closing',
    'peer/signaled': 'waiting',
    'peer/accepted': 'calling',
    'timer/hinted': 'waiting',
    'timer/ring-ended': 'closing',
  },
  coming: {
    'local/accepted': 'calling',
    'local/rejected': 'closing',
    'server/reached': 'coming',
    'server/unknown': 'no call',
    'server/coming': 'coming',
    'server/accepted': 'closing',
    'server/taken': 'closing',
    'server/peer': 'coming',
    'server/closed': 'closing',
    'peer/signaled': 'coming',
    'peer/hung-up': 'closing',
    'timer/ring-ended': 'closing',
  },
  calling: {
    'local/hung-up': 'closing',
    'server/reached': 'calling',
    'server/resumed': 'calling',
    'server/unknown': 'calling',
    'server/refused': 'closing',
    'server/coming': 'calling',
    'server/accepted': 'calling',
    'server/taken': 'closing',
    'server/peer': 'calling',
    'server/closed': 'closing',
    'peer/signaled': 'calling',
    'peer/hung-up': 'closing',
    'link/changed': 'calling',
    'timer/connect-ended': 'closing',
    'timer/lost-ended': 'closing',
  },
  closing: {
    'local/dialed': 'waiting',
    'server/accepted': 'closing',
    'server/coming': 'coming',
    'server/closed': 'closing',
    'timer/lingered': 'no call',
  },
}

/** Of another call where only that makes sense: a new one. */
const eventFor = (type: CallEventType, status: CallStatus) =>
  type === 'local/dialed' ||
  type === 'local/restored' ||
  (type === 'server/coming' && status !== 'coming')
    ? anEvent(type, { callId: '01890000-0000-7000-8000-00000000beef' })
    : anEvent(type)

const cells = CALL_STATUSES.flatMap((status) =>
  EVENT_TYPES.map((type) => ({ status, type, becomes: ANSWERS[status][type] ?? 'ignored' })),
)
const answered = cells.filter(({ becomes }) => becomes !== 'ignored')
const endings = answered.filter(
  ({ status, becomes }) => status !== 'closing' && becomes === 'closing',
)
const ignored = cells.filter(({ becomes }) => becomes === 'ignored')

describe('the table', () => {
  it.each(answered)('leads from $status by $type to $becomes', ({ status, type, becomes }) => {
    const { call } = transition(aCall({ status }), eventFor(type, status))
    expect(call?.status ?? 'no call').toBe(becomes)
  })

  it.each(ignored)('[F4] ignores in $status $type', ({ status, type }) => {
    const call = aCall({ status })
    const step = transition(call, eventFor(type, status))
    expect(step.call).toBe(call)
    expect(step.effects).toEqual([])
    expect(table[status][type]).toBe('ignored')
  })

  it('has a cell for every status and event, and no others', () => {
    expect(Object.keys(table).sort()).toEqual([...CALL_STATUSES].sort())
    for (const status of CALL_STATUSES) {
      expect(Object.keys(table[status]).sort()).toEqual([...EVENT_TYPES].sort())
    }
  })

  it.each(endings)('lets go of everything when $status ends by $type', ({ status, type }) => {
    const step = transition(aCall({ status }), eventFor(type, status))
    const farewell = /^(?:send|peer\/drop)/
    expect(typesOf(step).filter((effect) => !farewell.test(effect))).toEqual([
      'timer/stop-all',
      'peer/close-all',
      'media/release',
      'ring',
      'timer/start',
    ])
  })
})
