import { sql } from 'kysely'
import { uuidv7 } from 'uuidv7'
import { expect, it } from 'vitest'
import type { FeedEntry } from '#shared/protocol/feed.ts'
import { insertItems, ROWS_TOGETHER } from '#server/feed/feedRepository.ts'
import { createCountedDatabase } from '../../support/server/countedDatabase.ts'
import { upTo } from '../../support/server/crowd.ts'

it('what is written for many goes into the feeds in short statements, a long entry with few others', async () => {
  const { db, statements } = await createCountedDatabase()
  const userId = uuidv7()
  await sql`INSERT INTO users (id, mobile, nickname, password_hash, created_at)
    VALUES (${userId}, '', '', '', 0)`.execute(db)
  let last = 0
  const write = async (entries: readonly FeedEntry[]) => {
    statements.length = 0
    const items = entries.map((entry) => ({ userId, item: { pos: (last += 1), entry } }))
    await insertItems(db, items, 0)
    return statements.map(({ changed }) => changed)
  }
  const [short, long] = [entryOf('short'), entryOf('x'.repeat(100_000))]
  expect(await write(Array(600).fill(short))).toEqual([ROWS_TOGETHER, ROWS_TOGETHER, 100])
  const each = upTo(30).map(() => ({ ...long }))
  expect(await write(each)).toEqual(Array(6).fill(5))
  // Told to all of them, it is kept once.
  expect(await write(Array(30).fill(long))).toEqual([1, 30])
})

const entryOf = (text: string): FeedEntry => ({
  kind: 'groupChanged',
  conversationId: uuidv7(),
  change: { announcement: { text, byId: uuidv7(), at: 0 } },
})
