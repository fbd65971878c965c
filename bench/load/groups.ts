import { join } from 'node:path'
import { DatabaseSync } from 'node:sqlite'
import { uuidv7 } from 'uuidv7'
import { feedMessages } from '../../src/server/chat/index.ts'
import { createFeed } from '../../src/server/feed/feed.ts'
import {
  findGroups,
  insertGroup,
  join as joinGroup,
} from '../../src/server/chat/conversations/groupRepository.ts'
import { createLocalBus } from '../../src/server/platform/bus/bus.ts'
import { inTransaction, openDatabase } from '../../src/server/platform/database/database.ts'
import { createTurns } from '../../src/server/platform/turns.ts'
import type { Crowd } from './people.ts'

/** Groups of all of them, and told to the first one and another. @returns their ids */
export async function makeGroups(
  dataDir: string,
  { userId, others }: Crowd,
  count: number,
): Promise<string[]> {
  const db = await openDatabase(dataDir)
  const at = Date.now()
  const feed = createFeed({
    messages: feedMessages,
    db,
    bus: createLocalBus(),
    now: () => at,
    takeTurn: createTurns(),
  })
  const userIds = [userId, ...others.map((other) => other.id)]
  const ids = Array.from({ length: count }, () => uuidv7())
  for (const id of ids) {
    await inTransaction(db, async (trx) => {
      await insertGroup(trx, { id, name: 'Bench', createdAt: at })
      const clearedSeq = await joinGroup(trx, { id, userIds, role: 'member', at })
      const group = (await findGroups(trx, [id])).get(id)
      if (group === undefined) throw new Error('there is no group')
      const entry = { kind: 'group' as const, conversationId: id, group, clearedSeq }
      const hearers = userIds.slice(0, 2)
      await feed.record(
        trx,
        hearers.map((hearer) => ({ userId: hearer, entry })),
      )
      await trx.updateTable('conversations').set({ last_seq: 1 }).where('id', '=', id).execute()
    })
  }
  await db.destroy()
  return ids
}

/** Messages of others are in the feed of a user, who has acknowledged none. @returns up to which pos */
export function fillFeed(dataDir: string, { userId }: Crowd, count: number): number {
  const db = new DatabaseSync(join(dataDir, 'ahoy.sqlite'))
  db.prepare(
    `INSERT INTO feed (user_id, pos, created_at, message_id, entry)
     SELECT ?1, (SELECT pos FROM feed_heads WHERE user_id = ?1) + row_number() OVER (), ?2, id,
       '{"kind":"message","peer":null}'
     FROM (SELECT id FROM messages WHERE sender_id <> ?1 LIMIT ?3)`,
  ).run(userId, Date.now(), count)
  db.prepare(
    `UPDATE feed_heads SET pos = (SELECT max(pos) FROM feed WHERE user_id = ?1) WHERE user_id = ?1`,
  ).run(userId)
  const head = db.prepare('SELECT pos FROM feed_heads WHERE user_id = ?').get(userId)
  db.close()
  return Number(head?.['pos'])
}
