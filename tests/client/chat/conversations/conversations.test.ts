import { expect, it } from 'vitest'
import {
  loaded,
  readHere,
  readUpTo,
  sorted,
  unreadOf,
  withChange,
  withMessage,
  withReceipt,
  withSettings,
} from '#client/chat/conversations/conversations.ts'
import { PLAIN_SETTINGS } from '#shared/protocol/chat.ts'
import { BAI_LU, conversation, ME, message, record, uuid } from '../../../support/client/people.ts'

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

it('[CH9] what is read here in part leaves the rest unread, as the server counts it then', () => {
  const known = conversation({ lastSeq: 9, readSeq: 3, unread: 5, mentionedSeqs: [5, 8] })
  const shown = [message(4, { senderId: ME.id }), message(5), message(6), message(7)]
  const read = readHere(known, { seq: 6, shown, me: ME.id })
  expect(read).toMatchObject({ readSeq: 6, unread: 3, mentionedSeqs: [8] })
  expect(readUpTo(read, { readSeq: 6, lastSeq: 9, unread: 2 })).toMatchObject({ unread: 2 })
  expect(readHere(read, { seq: 5, shown, me: ME.id })).toBe(read)
  expect(readHere(read, { seq: Infinity, shown: [], me: ME.id })).toMatchObject({
    readSeq: 9,
    unread: 0,
  })
})

it('[CH9] an older count of what is unread after the same position changes nothing', () => {
  const known = conversation({ lastSeq: 9, readSeq: 3, unread: 5 })
  expect(readUpTo(known, { readSeq: 3, lastSeq: 8, unread: 4 })).toBe(known)
  expect(readUpTo(known, { readSeq: 3, unread: 4 })).toBe(known)
})

it('what is read already is not read once more', () => {
  const known = conversation({ lastSeq: 4, readSeq: 4 })
  expect(readHere(known, { seq: Infinity, shown: [], me: ME.id })).toBe(known)
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

const had = (part: Partial<typeof PLAIN_SETTINGS>) => ({ ...PLAIN_SETTINGS, ...part })

it('puts the pinned ones above, and leaves out the hidden ones', () => {
  const at = (n: number, createdAt: number, part: Partial<typeof PLAIN_SETTINGS> = {}) =>
    conversation({ id: uuid(n), lastMessage: message(1, { createdAt }), settings: had(part) })
  const list = [at(1, 3), at(2, 1, { isPinned: true }), at(3, 2), at(4, 4, { isHidden: true })]
  expect(sorted(list).map(({ id }) => id)).toEqual([uuid(2), uuid(1), uuid(3)])
})

it('[CH9] counts in all what is not muted, and a mark as one', () => {
  const list = [
    conversation({ unread: 2 }),
    conversation({ unread: 3, settings: had({ isMuted: true }) }),
    conversation({ settings: had({ isMarkedUnread: true }) }),
    conversation({ unread: 4, settings: had({ isMarkedUnread: true }) }),
  ]
  expect(unreadOf(list)).toBe(7)
})

it('what is deleted is not the last word, what comes later is', () => {
  const known = conversation({ lastMessage: message(3), lastSeq: 3, readSeq: 3 })
  const cleared = withSettings(known, had({ clearedSeq: 3 }))
  expect(cleared.lastMessage).toBeNull()
  expect(withMessage(cleared, entry(4), ME.id)?.lastMessage).toEqual(message(4))
  expect(withSettings(known, had({ clearedSeq: 2 })).lastMessage).toEqual(message(3))
})
