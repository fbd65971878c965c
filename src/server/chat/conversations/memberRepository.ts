import type { ConversationId, UserId } from '#shared/ids.ts'
import type { UserView } from '#shared/protocol/accounts.ts'
import type { Database } from '#server/platform/database/database.ts'
import { prepared } from '#server/platform/database/prepared.ts'

/** Whether somebody is a member of a conversation. */
export async function isMember(db: Database, id: ConversationId, userId: UserId): Promise<boolean> {
  const row = await db
    .selectFrom('members')
    .select('user_id')
    .where('conversation_id', '=', id)
    .where('user_id', '=', userId)
    .where('role', '!=', 'gone')
    .executeTakeFirst()
  return row !== undefined
}

/** Who hears what is said in a conversation. */
export interface Audience {
  readonly isGroup: boolean
  readonly members: readonly UserView[]
}

const audienceOf = prepared((db, { id }: { id: ConversationId }) =>
  db
    .selectFrom('members')
    .innerJoin('users', 'users.id', 'members.user_id')
    .innerJoin('conversations', 'conversations.id', 'members.conversation_id')
    .select(['users.id', 'users.nickname', 'conversations.kind'])
    .where('members.conversation_id', '=', id)
    .where('members.role', '!=', 'gone')
    .orderBy('users.id'),
)

/** Nobody where there is no such conversation. */
export async function findAudience(db: Database, id: ConversationId): Promise<Audience> {
  const rows = await audienceOf(db, { id })
  const members = rows.map((row) => ({ id: row.id, nickname: row.nickname }))
  return { isGroup: rows[0]?.kind === 'group', members }
}

/** The other one of two; null in a group. */
export async function findPeer(
  db: Database,
  id: ConversationId,
  userId: UserId,
): Promise<UserId | null> {
  const row = await db
    .selectFrom('conversations')
    .innerJoin('members', 'members.conversation_id', 'conversations.id')
    .select('members.user_id as peer')
    .where('conversations.id', '=', id)
    .where('conversations.kind', '=', 'private')
    .where('members.user_id', '!=', userId)
    .executeTakeFirst()
  return row?.peer ?? null
}

/** The messages of a conversation that are for somebody: those between two seqs. */
export interface Readable {
  readonly after: number
  /** Null: there is no end, they are in it. */
  readonly before: number | null
}

export const isReadable = ({ after, before }: Readable, seq: number): boolean =>
  seq > after && (before === null || seq < before)

/** What somebody may read of a conversation; null for who was never in it. */
export async function findReadable(
  db: Database,
  id: ConversationId,
  userId: UserId,
): Promise<Readable | null> {
  const row = await db
    .selectFrom('members')
    .select(['cleared_seq as after', 'left_seq'])
    .where('conversation_id', '=', id)
    .where('user_id', '=', userId)
    .executeTakeFirst()
  if (row === undefined) return null
  return { after: row.after, before: row.left_seq === null ? null : row.left_seq + 1 }
}

/** Somebody who is in a conversation. */
export interface PresentMember {
  readonly userId: UserId
  /** Its messages are for them after this seq. */
  readonly clearedSeq: number
  readonly readSeq: number
}

/** Everybody who is in a conversation. */
export function findPresentMembers(db: Database, id: ConversationId): Promise<PresentMember[]> {
  return db
    .selectFrom('members')
    .select(['user_id as userId', 'cleared_seq as clearedSeq', 'read_seq as readSeq'])
    .where('conversation_id', '=', id)
    .where('role', '!=', 'gone')
    .orderBy('user_id')
    .execute()
}

/** How far each member of a group has read, those who joined first in front; nobody where two talk. */
export function findGroupReads(
  db: Database,
  id: ConversationId,
): Promise<{ id: UserId; readSeq: number }[]> {
  return db
    .selectFrom('members')
    .innerJoin('conversations', 'conversations.id', 'members.conversation_id')
    .select(['members.user_id as id', 'members.read_seq as readSeq'])
    .where('members.conversation_id', '=', id)
    .where('members.role', '!=', 'gone')
    .where('conversations.kind', '=', 'group')
    .orderBy('members.joined_at')
    .orderBy('members.user_id')
    .execute()
}

/** Members who do not tell how far they have read, and are not told of others. */
export async function findMembersWithoutReceipts(
  db: Database,
  id: ConversationId,
): Promise<ReadonlySet<UserId>> {
  const rows = await db
    .selectFrom('members')
    .innerJoin('preferences', 'preferences.user_id', 'members.user_id')
    .select('members.user_id as userId')
    .where('members.conversation_id', '=', id)
    .where('preferences.shows_reading', '=', 0)
    .execute()
  return new Set(rows.map(({ userId }) => userId))
}
