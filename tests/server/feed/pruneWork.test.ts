import { sql } from 'kysely'
import { uuidv7 } from 'uuidv7'
import { expect, it } from 'vitest'
import { FEED_TTL_MS } from '#shared/limits.ts'
import { createFeedPruning } from '#server/feed/feedPruning.ts'
import { PRUNED_TOGETHER, SHARED_PRUNED_TOGETHER } from '#server/feed/feedPruningRepository.ts'
import { createCountedDatabase } from '../../support/server/countedDatabase.ts'
import { insertPeople } from '../../support/server/countedGroups.ts'

/** A feed of which so much is old, and one entry is not. */
async function createOld({ entries, shared }: { entries: number; shared: number }) {
  const { db, statements } = await createCountedDatabase()
  const [userId = ''] = await insertPeople(db, 1)
  await sql`WITH RECURSIVE poses(n) AS (SELECT 1 UNION ALL SELECT n + 1 FROM poses WHERE n <= ${entries})
    INSERT INTO feed (user_id, pos, created_at, entry)
    SELECT ${userId}, n, CASE WHEN n <= ${entries} THEN 0 ELSE 1 END, '{}' FROM poses`.execute(db)
  for (let n = 0; n < shared; n += 1) {
    await sql`INSERT INTO shared_entries (id, created_at, entry)
      VALUES (${uuidv7()}, 0, '{}')`.execute(db)
  }
  const left = async (): Promise<number[]> =>
    (await db.selectFrom('feed').select('pos').execute()).map(({ pos }) => pos)
  statements.length = 0
  const changes = () => statements.map(({ changed }) => changed)
  return { db, changes, left, now: () => FEED_TTL_MS + 1 }
}

it('what is too old is deleted in short statements, with a turn after each', async () => {
  const entries = 2 * PRUNED_TOGETHER + 7
  const old = await createOld({ entries, shared: SHARED_PRUNED_TOGETHER + 3 })
  const atTurns: number[] = []
  const takeTurn = (): Promise<void> => {
    atTurns.push(old.changes().length)
    return Promise.resolve()
  }
  await createFeedPruning({ ...old, takeTurn }).prune()
  expect(old.changes()).toEqual([PRUNED_TOGETHER, PRUNED_TOGETHER, 7, SHARED_PRUNED_TOGETHER, 3])
  expect(atTurns).toEqual([1, 2, 4])
  expect(await old.left()).toEqual([entries + 1])
})

it('nothing more is deleted once the server stops', async () => {
  const old = await createOld({ entries: 3 * PRUNED_TOGETHER, shared: 1 })
  const stops: Promise<void>[] = []
  const { prune, stop } = createFeedPruning({
    ...old,
    takeTurn() {
      stops.push(stop())
      return Promise.resolve()
    },
  })
  await prune()
  await Promise.all(stops)
  expect(old.changes()).toEqual([PRUNED_TOGETHER])
})
