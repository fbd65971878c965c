import { expect, it } from 'vitest'
import { newerOf, readUpTo, sorted } from '#client/chat/conversations.ts'
import { conversation, message, uuid } from '../../support/client/people.ts'

it('puts the newest first', () => {
  const [old, young, silent] = [
    conversation({ id: uuid(1), lastMessage: message(1, { createdAt: 1 }) }),
    conversation({ id: uuid(2), lastMessage: message(1, { createdAt: 2 }) }),
    conversation({ id: uuid(3) }),
  ]
  expect(sorted([silent, old, young])).toEqual([young, old, silent])
})

it('keeps the newer of two states, in whatever order they come', () => {
  const [older, newer] = [
    conversation({ lastSeq: 3, unread: 1 }),
    conversation({ lastSeq: 4, unread: 2 }),
  ]
  expect(newerOf(older, newer)).toBe(newer)
  expect(newerOf(newer, older)).toBe(newer)
  expect(newerOf(undefined, older)).toBe(older)
})

it('does not turn unread again what was read here', () => {
  const known = conversation({ lastSeq: 4, readSeq: 4, unread: 0 })
  const pushed = conversation({ lastSeq: 4, readSeq: 2, unread: 2 })
  expect(newerOf(known, pushed)).toMatchObject({ readSeq: 4, unread: 0 })
})

it('never moves the read position back', () => {
  const known = conversation({ lastSeq: 4, readSeq: 3, unread: 1 })
  expect(readUpTo(known, { readSeq: 2, unread: 2 })).toBe(known)
  expect(readUpTo(known, { readSeq: 4, unread: 0 })).toMatchObject({ readSeq: 4, unread: 0 })
})
