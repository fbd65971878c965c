import { sql } from 'kysely'
import { uuidv7 } from 'uuidv7'
import { expect, it } from 'vitest'
import type { FeedEntry } from '#shared/protocol/feed.ts'
import { insertItems, ROWS_TOGETHER } from '#server/chat/feedRepository.ts'
import { createCountedDatabase } from '../../support/server/countedDatabase.ts'
import { upTo } from '../../support/server/crowd.ts'

it('what is written for many goes into the feeds in short statements, a long entry with few others', async () => {
  const { db, statements } = await createCountedDatabase()
  const userId = uuidv7()
  await sql`INSERT INTO users (id, mobile, nickname, password_hash, created_at)
    VALUES (${userId}, '', '', '', 0)`.execute(db)
  let last = 0
  const write = async (count: number, text: string) => {
    statements.length = 0
    const announcement = { text, byId: uuidv7(), at: 0 }
    const change = { announcement }
    const entry: FeedEntry = { kind: 'groupChanged', conversationId: uuidv7(), change }
    const items = upTo(count).map(() => ({ userId, item: { pos: (last += 1), entry } }))
    await insertItems(db, items, 0)
    return statements.map(({ changed }) => changed)
  }
  expect(await write(600, 'short')).toEqual([ROWS_TOGETHER, ROWS_TOGETHER, 100])
  const long = await write(30, 'x'.repeat(100_000))
  expect(long).toEqual(Array(6).fill(5))
})
