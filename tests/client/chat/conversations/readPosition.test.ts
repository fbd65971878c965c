import { expect, it } from 'vitest'
import { loaded, readHere, readUpTo } from '#client/chat/conversations/readPosition.ts'
import { conversation, ME, message } from '../../../support/client/people.ts'

const read = (readSeq: number, unread: number) => ({ readSeq, unread })

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
