import { sql } from 'kysely'
import { describe, expect, it } from 'vitest'
import type { UserId } from '#shared/ids.ts'
import {
  LISTED_TOGETHER,
  listConversations,
  MEMBERS_TOGETHER,
} from '#server/chat/conversations/conversationViewRepository.ts'
import { inTransaction, type Database } from '#server/platform/database/database.ts'
import { createCountedDatabase } from '../../support/server/countedDatabase.ts'
import { insertGroupOf, insertPeople } from '../../support/server/countedGroups.ts'

const GROUPS = 7

async function insertGroups(db: Database, members: number): Promise<UserId> {
  const people = await insertPeople(db, members)
  for (let n = 0; n < GROUPS; n += 1) await insertGroupOf(db, people)
  await sql`UPDATE conversations SET last_seq = 1`.execute(db)
  return people[0] ?? ''
}

/** The list of somebody who is in seven groups of so many: how many there are, and the turns for them. */
async function list(members: number) {
  const { db, statements } = await createCountedDatabase()
  const userId = await inTransaction(db, (trx) => insertGroups(trx, members))
  statements.length = 0
  let turns = 0
  const takeTurn = (): Promise<void> => {
    turns += 1
    return Promise.resolve()
  }
  const views = await listConversations({ db, takeTurn }, userId)
  const counts = views.map(({ group }) => group?.members.length)
  return { counts, turns, longest: Math.max(...statements.map(({ rows }) => rows)) }
}

describe('a list of conversations', () => {
  it.each([
    ['a few large groups', MEMBERS_TOGETHER / 2, Math.ceil(GROUPS / 2) - 1],
    ['one that is larger than that', MEMBERS_TOGETHER / 2 + 1, GROUPS - 1],
    ['all groups that are small', Math.floor(MEMBERS_TOGETHER / LISTED_TOGETHER), 0],
  ])('looks in one turn at %s', async (_, members, turns) => {
    const found = await list(members)
    expect(found.counts).toEqual(Array(GROUPS).fill(members))
    expect(found.turns).toBe(turns)
    expect(found.longest).toBeLessThanOrEqual(MEMBERS_TOGETHER)
  })
})
