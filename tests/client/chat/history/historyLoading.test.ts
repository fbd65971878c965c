import { describe, expect, it } from 'vitest'
import { HISTORY_PAGE } from '#shared/limits.ts'
import type { MessageView } from '#shared/protocol/chat.ts'
import { HISTORY_MAX, type History } from '#client/chat/history/history.ts'
import { createHistoryLoading } from '#client/chat/history/historyLoading.ts'
import { unbroken } from '#client/platform/database/unbroken.ts'
import { conversation, message } from '../../../support/client/people.ts'

const NEWEST = 1_000
const ID = conversation({}).id

const pageOf = (messages: readonly MessageView[]) => ({
  messages: [...messages],
  hasMore: (messages[0]?.seq ?? 1) > 1,
})
const range = (from: number, to: number): MessageView[] =>
  Array.from({ length: Math.max(0, to - from + 1) }, (_, index) => message(from + index))

/** A conversation of a thousand messages, of which the browser keeps some. */
function createDesk(kept: readonly (readonly [number, number])[] = []) {
  const histories = new Map<string, History>()
  const asked: (number | undefined)[] = []
  const stored = kept.flatMap(([from, to]) => range(from, to)).toSorted((a, b) => b.seq - a.seq)
  const loading = createHistoryLoading({
    open: () => histories,
    find: () => conversation({ lastSeq: NEWEST }),
    pages: {
      kept(_, before) {
        const below = stored.filter(({ seq }) => seq < (before ?? Infinity))
        const run = unbroken(below.slice(0, HISTORY_PAGE), before ?? null)
        return Promise.resolve(run.length === 0 ? null : pageOf(run))
      },
      fetch(_, before) {
        asked.push(before)
        const end = (before ?? NEWEST + 1) - 1
        return Promise.resolve(pageOf(range(Math.max(1, end - HISTORY_PAGE + 1), end)))
      },
    },
  })
  const shown = () => histories.get(ID) ?? { messages: [], hasMore: false, hasLater: false }
  const ends = () => [shown().messages[0]?.seq, shown().messages.at(-1)?.seq]
  const isUnbroken = () =>
    shown().messages.every(({ seq }, at, all) => at === 0 || seq === (all[at - 1]?.seq ?? 0) + 1)
  return { loading, asked, shown, ends, isUnbroken }
}

describe('[CH10] a conversation, page by page', () => {
  it('is read from its end to its start, and held in part', async () => {
    const { loading, shown, ends, isUnbroken } = createDesk()
    await loading.loadNewest(ID)
    expect(ends()).toEqual([951, 1_000])
    for (let page = 0; page < 19; page += 1) await loading.loadOlder(ID)
    expect(ends()).toEqual([1, HISTORY_MAX])
    expect(shown()).toMatchObject({ hasMore: false, hasLater: true })
    expect(isUnbroken()).toBe(true)
    await loading.loadOlder(ID)
    expect(ends()).toEqual([1, HISTORY_MAX])
    for (let page = 0; page < 12; page += 1) await loading.loadLater(ID)
    expect(ends()).toEqual([NEWEST - HISTORY_MAX + 1, NEWEST])
    expect(shown()).toMatchObject({ hasMore: true, hasLater: false })
  })

  it('shows what stands around a message, and goes back to the newest', async () => {
    const { loading, shown, ends } = createDesk()
    await loading.loadNewest(ID)
    await loading.loadAround(ID, 300)
    expect(ends()).toEqual([275, 324])
    expect(shown().hasLater).toBe(true)
    await loading.returnToNewest(ID)
    expect(ends()).toEqual([951, 1_000])
    expect(shown().hasLater).toBe(false)
  })

  it.each([
    ['begins after what is wanted', [310, 349]],
    ['ends before it', [200, 310]],
  ] as const)('has no hole where what is kept %s', async (_, kept) => {
    const { loading, ends, isUnbroken } = createDesk([kept])
    await loading.loadAround(ID, 275)
    await loading.loadLater(ID)
    expect(ends()).toEqual([250, 349])
    expect(isUnbroken()).toBe(true)
  })

  it('is not content with a few messages that are kept', async () => {
    const { loading, asked, ends, isUnbroken } = createDesk([[999, NEWEST]])
    await loading.loadNewest(ID)
    expect(ends()).toEqual([951, NEWEST])
    expect(isUnbroken()).toBe(true)
    expect(asked).toEqual([undefined])
  })

  it('asks nobody for what is kept, up to the newest', async () => {
    const { loading, asked, shown, ends } = createDesk([[900, NEWEST]])
    await loading.loadAround(ID, 960)
    expect(ends()).toEqual([935, 984])
    await loading.loadLater(ID)
    expect(ends()).toEqual([935, NEWEST])
    expect(shown().hasLater).toBe(false)
    expect(asked).toEqual([])
  })
})
