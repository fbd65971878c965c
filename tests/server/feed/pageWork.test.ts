import { sql } from 'kysely'
import { expect, it } from 'vitest'
import { FEED_PAGE_CHARS, GROUP_MAX_MEMBERS } from '#shared/limits.ts'
import type { FeedEntry, FeedPage } from '#shared/protocol/feed.ts'
import { feedMessages } from '#server/chat/index.ts'
import { findFeedPage, LONG_TOGETHER } from '#server/feed/feedPage.ts'
import { takePositions } from '#server/feed/feedHeadRepository.ts'
import { insertItems } from '#server/feed/feedRepository.ts'
import { uuid } from '../../support/calls/people.ts'
import { createCountedDatabase } from '../../support/server/countedDatabase.ts'
import { insertPeople } from '../../support/server/countedGroups.ts'
import { upTo } from '../../support/server/crowd.ts'

const GROUPS = 30

/** Somebody who was brought into so many full groups, each told to others, too, or to them alone. */
async function createFull(told: 'to all' | 'to one') {
  const { db, statements } = await createCountedDatabase()
  const [userId = '', other = ''] = await insertPeople(db, 2)
  const members = upTo(GROUP_MAX_MEMBERS).map((n) => ({
    id: uuid(n),
    nickname: '',
    role: 'member' as const,
    alias: '',
  }))
  const group = { name: '', members, announcement: null }
  const entries = upTo(GROUPS).map((n): FeedEntry => {
    return { kind: 'group', conversationId: uuid(n), group, clearedSeq: 0 }
  })
  const hearers = told === 'to all' ? [userId, other] : [userId]
  await takePositions(db, new Map(hearers.map((id) => [id, GROUPS])))
  const items = entries.flatMap((entry, at) =>
    hearers.map((id) => ({ userId: id, item: { pos: at + 1, entry } })),
  )
  await insertItems(db, items, 0)
  const size = JSON.stringify({ pos: GROUPS, entry: entries[0] }).length
  const forget = () => sql`DELETE FROM shared_entries`.execute(db)
  return { db, statements, userId, fitting: Math.floor(FEED_PAGE_CHARS / size), forget }
}

const countOf = (page: FeedPage): number => (page.status === 'items' ? page.items.length : 0)

it.each(['to all', 'to one'] as const)(
  'of full groups that were told %s a few are read in a turn, and no more than fit into a page',
  async (told) => {
    const { db, statements, userId, fitting } = await createFull(told)
    statements.length = 0
    let turns = 0
    const takeTurn = (): Promise<void> => {
      turns += 1
      return Promise.resolve()
    }
    const page = await findFeedPage({ db, messages: feedMessages, takeTurn }, userId, 0)
    expect(page).toMatchObject({ status: 'items', hasMore: true })
    expect(countOf(page)).toBe(fitting)
    // The first one that does not fit is read, too.
    expect(turns).toBe(Math.ceil((fitting + 1) / LONG_TOGETHER) - 1)
    const [rows = 0, ...shared] = statements.map((statement) => statement.rows)
    expect(rows).toBe(GROUPS)
    expect(Math.max(0, ...shared)).toBeLessThanOrEqual(LONG_TOGETHER)
  },
)

it('[CH5] says reset when what is told has become too old meanwhile', async () => {
  const { db, userId, forget } = await createFull('to all')
  const takeTurn = async (): Promise<void> => {
    await forget()
  }
  expect(await findFeedPage({ db, messages: feedMessages, takeTurn }, userId, 0)).toEqual({
    status: 'reset',
    pos: GROUPS,
  })
})
