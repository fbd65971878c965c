import { describe, expect, it } from 'vitest'
import {
  HISTORY_MAX,
  NOTHING_KNOWN,
  withChange,
  withLater,
  withMessage,
  withNewest,
  withOlder,
  withoutEnd,
  withoutStart,
  type History,
} from '#client/chat/history/history.ts'
import { shownOf } from '#client/chat/timeline/shown.ts'
import { timelineOf } from '#client/chat/timeline/timeline.ts'
import { conversation, ME, message } from '../../../support/client/people.ts'

const run = (from: number, to: number, hasMore = from > 1): History => ({
  messages: Array.from({ length: to - from + 1 }, (_, index) => message(from + index)),
  hasMore,
  hasLater: false,
})
const seqs = (history: History | null): number[] => (history?.messages ?? []).map(({ seq }) => seq)

describe('the newest page', () => {
  it.each([
    ['is all there is at first', undefined, run(3, 5), [3, 4, 5]],
    ['follows what is known', run(1, 3), run(4, 5), [1, 2, 3, 4, 5]],
    ['overlaps what is known', run(1, 4), run(3, 5), [1, 2, 3, 4, 5]],
    ['is what a push was quicker than', run(1, 6), run(3, 5), [1, 2, 3, 4, 5, 6]],
    ['replaces what is known beyond a hole', run(1, 3), run(5, 6), [5, 6]],
    ['may be empty', run(1, 3), { messages: [], hasMore: false }, []],
  ] as const)('%s', (_, known, page, expected) => {
    expect(seqs(withNewest(known, page))).toEqual(expected)
  })

  it('keeps that there is more, or that there is not', () => {
    expect(withNewest(run(3, 5), run(4, 6)).hasMore).toBe(true)
    expect(withNewest(run(1, 5), run(4, 6)).hasMore).toBe(false)
    expect(withNewest(run(1, 2), run(5, 6)).hasMore).toBe(true)
  })
})

it('takes an older page once', () => {
  const once = withOlder(run(3, 5), run(1, 2))
  expect(seqs(once)).toEqual([1, 2, 3, 4, 5])
  expect(seqs(withOlder(once, run(1, 2)))).toEqual([1, 2, 3, 4, 5])
  expect(once.hasMore).toBe(false)
})

describe('[CH10] a conversation that is read for long', () => {
  const long = run(1, HISTORY_MAX + 50)

  it('lets go of what is too far from either end, and knows that it is there', () => {
    const upwards = withoutEnd(long)
    expect([seqs(upwards)[0], upwards.messages.length]).toEqual([1, HISTORY_MAX])
    expect(upwards).toMatchObject({ hasMore: false, hasLater: true })
    const downwards = withoutStart(long)
    expect([seqs(downwards).at(-1), downwards.messages.length]).toEqual([
      HISTORY_MAX + 50,
      HISTORY_MAX,
    ])
    expect(downwards).toMatchObject({ hasMore: true, hasLater: false })
    expect(withoutEnd(upwards)).toBe(upwards)
    expect(withoutStart(downwards)).toBe(downwards)
  })

  it('goes on to what is newer, up to the newest', () => {
    const part = { ...run(1, 3), hasLater: true }
    const further = withLater(part, run(3, 5), 6)
    expect(seqs(further)).toEqual([1, 2, 3, 4, 5])
    expect(further.hasLater).toBe(true)
    expect(withLater(further, run(6, 6), 6).hasLater).toBe(false)
  })

  it('takes nothing that comes while its reader is further up', () => {
    const part = { ...run(1, 3), hasLater: true }
    expect(withMessage(part, message(4))).toBe(part)
    expect(withMessage(part, message(9))).toBe(part)
  })
})

describe('a message that comes', () => {
  it.each([
    ['next is added', 4, [1, 2, 3, 4]],
    ['again is dropped', 3, [1, 2, 3]],
    ['beyond a hole asks for a fetch', 5, []],
  ])('%s', (_, seq, expected) => {
    expect(seqs(withMessage(run(1, 3), message(seq)))).toEqual(expected)
  })

  it('is the first of an empty conversation', () => {
    expect(seqs(withMessage(NOTHING_KNOWN, message(1)))).toEqual([1])
  })
})

it('shows the time above the first message and after a pause of five minutes', () => {
  const at = (minutes: number): number => minutes * 60_000
  const messages = [0, 5, 10.1, 10.2].map((minutes, index) =>
    message(index + 1, { createdAt: at(minutes) }),
  )
  expect(
    timelineOf(shownOf({ messages, waiting: [], me: ME.id, receipt: conversation() }), {
      me: ME.id,
      newAfter: null,
    }).map(({ hasTime }) => hasTime),
  ).toEqual([true, false, true, false])
})

describe('[CH8] a message that changes', () => {
  const edited = message(2, { rev: 2, body: { kind: 'text', text: 'new' } })

  it('is replaced, unless what is shown is newer', () => {
    const known = run(1, 3)
    expect(withChange(known, edited).messages[1]).toBe(edited)
    const newer = withChange(known, edited)
    expect(withChange(newer, message(2, { rev: 1 }))).toBe(newer)
    expect(withChange(known, message(9, { rev: 1 }))).toBe(known)
  })

  it('stays as it is when an older page comes later', () => {
    expect(withNewest(withChange(run(1, 3), edited), run(2, 4)).messages[1]).toBe(edited)
  })
})

it('what I have deleted is not shown, and the others keep their places', () => {
  const messages = [message(1), message(2, { body: { kind: 'deleted' } }), message(3)]
  const shown = shownOf({
    messages,
    waiting: [],
    me: ME.id,
    receipt: { peerReceivedSeq: 0, peerReadSeq: 0 },
  })
  expect(shown.map(({ seq }) => seq)).toEqual([1, 3])
})

describe('between messages', () => {
  const NONE = { peerReceivedSeq: 0, peerReadSeq: 0 }
  const MINUTE = 60_000
  const noon = new Date(2026, 0, 15, 12).getTime()
  const entries = (
    messages: readonly ReturnType<typeof message>[],
    newAfter: number | null = null,
  ) =>
    timelineOf(shownOf({ messages, waiting: [], me: ME.id, receipt: NONE }), {
      me: ME.id,
      newAfter,
    })

  it('[L10] what has not changed is the same as before, and is not drawn anew', () => {
    const said = [message(1), message(2), message(3)]
    const before = entries(said)
    const edited = message(2, { rev: 1, body: { kind: 'text', text: 'new' } })
    expect(entries([...said, message(4)]).map((one, at) => one === before[at])).toEqual([
      true,
      true,
      true,
      false,
    ])
    expect(entries(said.with(1, edited)).map((one, at) => one === before[at])).toEqual([
      true,
      false,
      // What stands before it is another one.
      false,
    ])
    expect(entries(said, 1).map(({ isFirstNew }) => isFirstNew)).toEqual([false, true, false])
  })

  it('what one says in one breath goes on, until somebody else speaks or time passes', () => {
    const said = [
      message(1, { createdAt: noon }),
      message(2, { createdAt: noon + MINUTE }),
      message(3, { createdAt: noon + MINUTE, senderId: ME.id }),
      message(4, { createdAt: noon + 2 * MINUTE }),
      message(5, { createdAt: noon + 5 * MINUTE }),
    ]
    expect(entries(said).map(({ goesOn }) => goesOn)).toEqual([false, true, false, false, false])
  })

  it('the time stands after a pause, and on another day', () => {
    const midnight = new Date(2026, 0, 16).getTime()
    const said = [
      message(1, { createdAt: noon }),
      message(2, { createdAt: midnight - MINUTE }),
      message(3, { createdAt: midnight + MINUTE }),
    ]
    expect(entries(said).map(({ hasTime }) => hasTime)).toEqual([true, true, true])
  })

  it('a line stands before the first new message of others, once', () => {
    const said = [message(1), message(2, { senderId: ME.id }), message(3), message(4)]
    const marked = (newAfter: number | null) =>
      entries(said, newAfter)
        .filter(({ isFirstNew }) => isFirstNew)
        .map(({ message: { seq } }) => seq)
    expect(marked(1)).toEqual([3])
    expect(marked(0)).toEqual([1])
    expect(marked(4)).toEqual([])
    expect(marked(null)).toEqual([])
  })
})
