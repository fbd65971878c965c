import * as v from 'valibot'
import type { ConversationId, UserId } from '#shared/ids.ts'
import {
  Announcement,
  type GroupMember,
  type GroupRole,
  type GroupView,
} from '#shared/protocol/groups.ts'
import type { Database } from '#server/platform/database/database.ts'
import { forgetUnseenPasts } from '../messages/messagePastRepository.ts'
import { forgetPasts } from './pastRepository.ts'

export interface NewGroup {
  id: ConversationId
  name: string
  createdAt: number
}

/** Whether there is a conversation of this id, of whatever kind. */
export async function isConversation(db: Database, id: ConversationId): Promise<boolean> {
  const row = await db
    .selectFrom('conversations')
    .select('id')
    .where('id', '=', id)
    .executeTakeFirst()
  return row !== undefined
}

/** Make a group with nobody in it. */
export async function insertGroup(trx: Database, group: NewGroup): Promise<void> {
  const { id, name, createdAt } = group
  await trx
    .insertInto('conversations')
    .values({ id, kind: 'group', pair_key: id, name, last_seq: 0, created_at: createdAt })
    .execute()
}

/** Of these conversations those that are groups, with everybody who was ever in them. */
export async function findGroups(
  db: Database,
  ids: readonly ConversationId[],
): Promise<ReadonlyMap<ConversationId, GroupView>> {
  if (ids.length === 0) return new Map()
  const rows = await db
    .selectFrom('members')
    .innerJoin('conversations', 'conversations.id', 'members.conversation_id')
    .innerJoin('users', 'users.id', 'members.user_id')
    .select([
      'conversations.id as conversationId',
      'conversations.name',
      'conversations.announcement',
      'users.id',
      'users.nickname',
      'members.role',
      'members.alias',
    ])
    .where('conversations.id', 'in', ids)
    .where('conversations.kind', '=', 'group')
    .orderBy('members.joined_at')
    .orderBy('users.id')
    .execute()
  const byGroup = Map.groupBy(rows, ({ conversationId }) => conversationId)
  return new Map(
    [...byGroup].map(([id, members]) => [
      id,
      {
        name: members[0]?.name ?? '',
        members: members.map(toMember),
        announcement: toAnnouncement(members[0]?.announcement ?? null),
      },
    ]),
  )
}

/** How many were ever in each of these conversations. */
export async function countMembers(
  db: Database,
  ids: readonly ConversationId[],
): Promise<ReadonlyMap<ConversationId, number>> {
  const rows = await db
    .selectFrom('members')
    .select((column) => ['conversation_id as id', column.fn.countAll<number>().as('count')])
    .where('conversation_id', 'in', ids)
    .groupBy('conversation_id')
    .execute()
  return new Map(rows.map(({ id, count }) => [id, count]))
}

const toMember = ({ id, nickname, role, alias }: GroupMember): GroupMember => ({
  id,
  nickname,
  role,
  alias,
})

const toAnnouncement = (json: string | null): Announcement | null =>
  json === null ? null : v.parse(Announcement, JSON.parse(json))

export interface Joining {
  id: ConversationId
  userIds: readonly UserId[]
  role: GroupRole
  /** ms UTC */
  at: number
}

/** Put people in, or in again: what was said before is not for them. @returns up to which seq */
export async function join(trx: Database, { id, userIds, role, at }: Joining): Promise<number> {
  const { last_seq: last } = await trx
    .selectFrom('conversations')
    .select('last_seq')
    .where('id', '=', id)
    .executeTakeFirstOrThrow()
  const place = {
    role,
    joined_at: at,
    left_seq: null,
    cleared_seq: last,
    read_seq: last,
    hidden: 0 as const,
  }
  await trx
    .insertInto('members')
    .values(userIds.map((userId) => ({ conversation_id: id, user_id: userId, ...place })))
    .onConflict((conflict) => conflict.columns(['conversation_id', 'user_id']).doUpdateSet(place))
    .execute()
  await forgetPasts(trx, id)
  await forgetUnseenPasts(trx, id)
  return last
}

/** People are in it no more; they keep what was said up to a seq. */
export async function retire(
  trx: Database,
  { id, userIds, leftSeq }: { id: ConversationId; userIds: readonly UserId[]; leftSeq: number },
): Promise<void> {
  await trx
    .updateTable('members')
    .set({ role: 'gone', left_seq: leftSeq })
    .where('conversation_id', '=', id)
    .where('user_id', 'in', userIds)
    .execute()
}

export interface Membership {
  id: ConversationId
  userId: UserId
}

export async function updateMember(
  trx: Database,
  { id, userId }: Membership,
  values: { role?: GroupRole; alias?: string },
): Promise<void> {
  await trx
    .updateTable('members')
    .set(values)
    .where('conversation_id', '=', id)
    .where('user_id', '=', userId)
    .execute()
}

export async function setName(trx: Database, id: ConversationId, name: string): Promise<void> {
  await trx.updateTable('conversations').set({ name }).where('id', '=', id).execute()
}

/** @param announcement null: there is none any more */
export async function setAnnouncement(
  trx: Database,
  id: ConversationId,
  announcement: Announcement | null,
): Promise<void> {
  await trx
    .updateTable('conversations')
    .set({ announcement: announcement === null ? null : JSON.stringify(announcement) })
    .where('id', '=', id)
    .execute()
}
