import { uuidv7 } from 'uuidv7'
import type { ConversationId, UserId } from '#shared/ids.ts'
import { insertUser } from '#server/accounts/index.ts'
import { insertGroup, join } from '#server/chat/conversations/groupRepository.ts'
import type { Database } from '#server/platform/database/database.ts'

/** So many, who know nobody. */
export async function insertPeople(db: Database, count: number): Promise<UserId[]> {
  const ids = Array.from({ length: count }, () => uuidv7())
  for (const id of ids) {
    await insertUser(db, { id, mobile: id, nickname: '', passwordHash: '', createdAt: 0 })
  }
  return ids
}

/** A group of these people, in which nothing has been said. */
export async function insertGroupOf(
  db: Database,
  userIds: readonly UserId[],
): Promise<ConversationId> {
  const id = uuidv7()
  await insertGroup(db, { id, name: '', createdAt: 0 })
  await join(db, { id, userIds, role: 'member', at: 0 })
  return id
}
