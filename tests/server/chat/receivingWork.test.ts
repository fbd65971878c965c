import { sql } from 'kysely'
import { uuidv7 } from 'uuidv7'
import { describe, expect, it } from 'vitest'
import type { UserId } from '#shared/ids.ts'
import { insertPrivate } from '#server/chat/conversations/conversationRepository.ts'
import { feedMessages } from '#server/chat/index.ts'
import { createFeed } from '#server/feed/feed.ts'
import { findHead, takePositions } from '#server/feed/feedHeadRepository.ts'
import {
  createReceiving,
  MOVED_TOGETHER,
  PIECES_MAX,
  RECEIVED_TOGETHER,
} from '#server/chat/writing/receiving.ts'
import { createLocalBus } from '#server/platform/bus/bus.ts'
import { inTransaction, type Database } from '#server/platform/database/database.ts'
import { createCountedDatabase } from '../../support/server/countedDatabase.ts'
import { insertPeople } from '../../support/server/countedGroups.ts'

/** A message of each of these people, in turn, is in the feed of a user so often that it has so many entries. */
async function writeFeed(
  db: Database,
  { userId, senders, entries }: { userId: UserId; senders: readonly UserId[]; entries: number },
): Promise<void> {
  for (const [at, senderId] of senders.entries()) {
    const id = uuidv7()
    await insertPrivate(db, { id, pair: [userId, senderId], createdAt: 0 })
    await sql`UPDATE conversations SET last_seq = 1 WHERE id = ${id}`.execute(db)
    await sql`INSERT INTO messages (id, conversation_id, seq, sender_id, kind, body, attention, created_at)
      VALUES (${`message ${at}`}, ${id}, 1, ${senderId}, 'text', '{}', 1, 0)`.execute(db)
  }
  await takePositions(db, new Map([[userId, entries]]))
  await sql`WITH RECURSIVE poses(n) AS (SELECT 1 UNION ALL SELECT n + 1 FROM poses WHERE n < ${entries})
    INSERT INTO feed (user_id, pos, created_at, message_id, entry)
    SELECT ${userId}, n, 0, 'message ' || ((n - 1) % ${sql.lit(senders.length)}), '{}' FROM poses`.execute(
    db,
  )
}

/** Somebody who has acknowledged nothing of so many entries, from so many contacts. */
async function createAway({ contacts, entries }: { contacts: number; entries: number }) {
  const { db, statements } = await createCountedDatabase()
  const [userId = '', ...senders] = await insertPeople(db, contacts + 1)
  await inTransaction(db, (trx) => writeFeed(trx, { userId, senders, entries }))
  let turns = 0
  const takeTurn = (): Promise<void> => {
    turns += 1
    return Promise.resolve()
  }
  const feed = createFeed({
    db,
    messages: feedMessages,
    bus: createLocalBus(),
    now: () => 0,
    takeTurn,
  })
  const receiveUpTo = createReceiving({ db, feed, takeTurn })
  /** They say that they have everything up to a pos. */
  async function say(pos: number) {
    turns = 0
    statements.length = 0
    await receiveUpTo(userId, pos)
    const told = await db
      .selectFrom('feed')
      .select('user_id')
      .where('user_id', '!=', userId)
      .execute()
    const { ackedPos } = await findHead(db, userId)
    return { turns, ackedPos, told: told.length }
  }
  return { say, statements }
}

describe('[CH6] what has come to who was away for long', () => {
  it('is looked at and told bit by bit, each sender once', async () => {
    const [contacts, entries] = [2 * MOVED_TOGETHER + 1, 2 * RECEIVED_TOGETHER + 1]
    const { say, statements } = await createAway({ contacts, entries })
    const turns = Math.ceil(entries / RECEIVED_TOGETHER) + Math.ceil(contacts / MOVED_TOGETHER) - 2
    expect(await say(entries)).toEqual({ turns, ackedPos: entries, told: contacts })
    expect(Math.max(...statements.map(({ changed }) => changed))).toBeLessThanOrEqual(
      MOVED_TOGETHER,
    )
    expect(await say(entries)).toEqual({ turns: 0, ackedPos: entries, told: contacts })
  })

  it('in one turn, where it is as much as a page has', async () => {
    const { say } = await createAway({ contacts: MOVED_TOGETHER, entries: RECEIVED_TOGETHER })
    const told = { ackedPos: RECEIVED_TOGETHER, told: MOVED_TOGETHER }
    expect(await say(RECEIVED_TOGETHER)).toEqual({ turns: 0, ...told })
  })

  it('up to a place that one request comes to, and the next one goes on', async () => {
    const most = PIECES_MAX * RECEIVED_TOGETHER
    const { say } = await createAway({ contacts: 1, entries: most + 1 })
    expect(await say(most + 1)).toMatchObject({ turns: PIECES_MAX - 1, ackedPos: most })
    expect(await say(most + 1)).toMatchObject({ turns: 0, ackedPos: most + 1 })
  })
})
