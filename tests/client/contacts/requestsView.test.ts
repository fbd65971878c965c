import { describe, expect, it } from 'vitest'
import { CONTACT_REQUEST_TTL_MS } from '#shared/limits.ts'
import { splitByAge, stateOf } from '#client/contacts/requestsView.ts'
import { contactRequest } from '../../support/client/people.ts'

const at = Date.UTC(2026, 0, 1)

describe('a request', () => {
  it.each([
    ['received', 'pending', 0, 'answerable'],
    ['sent', 'pending', 0, 'waiting'],
    ['received', 'pending', CONTACT_REQUEST_TTL_MS - 1, 'answerable'],
    ['received', 'pending', CONTACT_REQUEST_TTL_MS, 'expired'],
    ['sent', 'pending', CONTACT_REQUEST_TTL_MS, 'expired'],
    ['sent', 'expired', 0, 'expired'],
    ['received', 'ignored', 0, 'ignored'],
    ['received', 'accepted', CONTACT_REQUEST_TTL_MS, 'accepted'],
  ] as const)('%s and %s, %i ms old, is %s', (direction, status, ageMs, state) => {
    expect(stateOf(contactRequest({ direction, status, createdAt: at }), at + ageMs)).toBe(state)
  })
})

it('parts the requests of the last three days from those before', () => {
  const [young, old] = [
    contactRequest({ createdAt: at }),
    contactRequest({ createdAt: at - CONTACT_REQUEST_TTL_MS }),
  ]
  expect(splitByAge([young, old], at)).toEqual({ recent: [young], older: [old] })
})
