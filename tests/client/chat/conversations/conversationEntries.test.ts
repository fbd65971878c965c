import { expect, it } from 'vitest'
import {
  withChange,
  withMessage,
  withReceipt,
} from '#client/chat/conversations/conversationEntries.ts'
import { withSettings } from '#client/chat/conversations/conversations.ts'
import { PLAIN_SETTINGS } from '#shared/protocol/chat.ts'
import { BAI_LU, conversation, ME, message, record } from '../../../support/client/people.ts'

const entry = (seq: number, part = {}) =>
  ({ kind: 'message', message: message(seq, part), peer: BAI_LU }) as const

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

it('what is deleted is not the last word, what comes later is', () => {
  const known = conversation({ lastMessage: message(3), lastSeq: 3, readSeq: 3 })
  const cleared = withSettings(known, { ...PLAIN_SETTINGS, clearedSeq: 3 })
  expect(cleared.lastMessage).toBeNull()
  expect(withMessage(cleared, entry(4), ME.id)?.lastMessage).toEqual(message(4))
  expect(withSettings(known, { ...PLAIN_SETTINGS, clearedSeq: 2 }).lastMessage).toEqual(message(3))
})
