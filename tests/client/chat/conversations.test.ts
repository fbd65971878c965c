import { expect, it } from 'vitest'
import {
  loaded,
  readUpTo,
  sorted,
  withChange,
  withMessage,
  withReceipt,
} from '#client/chat/conversations.ts'
import { BAI_LU, conversation, ME, message, record, uuid } from '../../support/client/people.ts'

const entry = (seq: number, part = {}) =>
  ({ kind: 'message', message: message(seq, part), peer: BAI_LU }) as const
const read = (readSeq: number, unread: number) => ({ readSeq, unread })

it('puts the newest first, and leaves out those without a message', () => {
  const [old, young, silent] = [
    conversation({ id: uuid(1), lastMessage: message(1, { createdAt: 1 }) }),
    conversation({ id: uuid(2), lastMessage: message(1, { createdAt: 2 }) }),
    conversation({ id: uuid(3) }),
  ]
  expect(sorted([silent, old, young])).toEqual([young, old])
})

it('[CH9] counts what comes from others and asks for attention, each once', () => {
  const first = withMessage(undefined, entry(1), ME.id)
  expect(first).toMatchObject({ peer: BAI_LU, lastSeq: 1, unread: 1 })
  expect(withMessage(first, entry(1), ME.id)).toBe(first)
  const mine = withMessage(first, entry(2, { senderId: ME.id }), ME.id)
  expect(mine).toMatchObject({ lastSeq: 2, unread: 1 })
  const call = withMessage(mine, entry(3, { body: record({ outcome: 'rejected' }) }), ME.id)
  expect(call).toMatchObject({ lastSeq: 3, unread: 1 })
})

it('[CH9] does not count what was read elsewhere before it came', () => {
  const known = conversation({ lastSeq: 1, readSeq: 2 })
  expect(withMessage(known, entry(2), ME.id)).toMatchObject({ lastSeq: 2, unread: 0 })
})

it('what was read here stays read, whatever the server knew when it was asked', () => {
  const known = conversation({ lastSeq: 4, readSeq: 4 })
  const fetched = conversation({ lastSeq: 4, readSeq: 2, unread: 2 })
  expect(loaded(known, fetched)).toMatchObject({ readSeq: 4, unread: 0 })
  expect(loaded(known, { ...fetched, lastSeq: 6, unread: 4 })).toMatchObject({ lastSeq: 6 })
  expect(loaded(undefined, fetched)).toBe(fetched)
})

it('never moves the read position back', () => {
  const known = conversation({ lastSeq: 4, readSeq: 3, unread: 1 })
  expect(readUpTo(known, read(2, 2))).toBe(known)
  expect(readUpTo(known, read(4, 0))).toMatchObject({ readSeq: 4, unread: 0 })
})

it('[CH6] never takes back that the other one has got or read it', () => {
  const known = conversation({ peerReceivedSeq: 4, peerReadSeq: 2 })
  const receipt = { kind: 'receipt', conversationId: known.id, receivedSeq: 3, readSeq: 3 } as const
  expect(withReceipt(known, receipt)).toMatchObject({ peerReceivedSeq: 4, peerReadSeq: 3 })
})

it('[CH8] [CH9] a change is shown as the last message, and counted where nothing newer is known', () => {
  const recalled = message(2, { rev: 1, body: { kind: 'recalled', byId: BAI_LU.id } })
  const known = conversation({ lastMessage: message(2), lastSeq: 2, readSeq: 0, unread: 2 })
  const change = (part: object = {}) =>
    ({
      kind: 'changed',
      message: recalled,
      unread: { readSeq: 0, lastSeq: 2, count: 1, ...part },
    }) as const
  const after = withChange(known, change())
  expect(after).toMatchObject({ lastMessage: recalled, unread: 1 })
  expect(withChange(after, { ...change(), message: message(2) }).lastMessage).toBe(recalled)
  expect(withChange(known, change({ lastSeq: 1 })).unread).toBe(2)
  expect(withChange(known, change({ readSeq: 1 })).unread).toBe(2)
})
