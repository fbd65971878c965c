import type { ConversationId, UserId } from '#shared/ids.ts'
import type { Mention, MessageView } from '#shared/protocol/chat.ts'
import type { Database } from '#server/platform/database/database.ts'
import { findGroups } from './groupRepository.ts'
import { isIn, isManagerOf } from '#shared/rules/groupMembers.ts'
import { countedAfter } from './unreadRepository.ts'

/** The mentions that a sender may make: of members, and of everybody where they manage the group. */
export async function findMentionable(
  trx: Database,
  { id, userId }: { id: ConversationId; userId: UserId },
  wanted: readonly Mention[],
): Promise<Mention[]> {
  const group = wanted.length === 0 ? undefined : (await findGroups(trx, [id])).get(id)
  if (group === undefined) return []
  return [...new Set(wanted)].filter((one) =>
    one === 'all' ? isManagerOf(group, userId) : isIn(group, one),
  )
}

type Place = Pick<MessageView, 'conversationId' | 'seq'>

export async function insertMentions(
  trx: Database,
  { conversationId, seq }: Place,
  mentions: readonly Mention[],
): Promise<void> {
  if (mentions.length === 0) return
  await trx
    .insertInto('mentions')
    .values(mentions.map((one) => ({ conversation_id: conversationId, user_id: one, seq })))
    .execute()
}

/** A message mentions nobody any more. */
export async function deleteMentions(trx: Database, { conversationId, seq }: Place): Promise<void> {
  await trx
    .deleteFrom('mentions')
    .where('conversation_id', '=', conversationId)
    .where('seq', '=', seq)
    .execute()
}

/** The unread messages of conversations that mention somebody, in order. */
export async function findMentioned(
  db: Database,
  ids: readonly ConversationId[],
  userId: UserId,
): Promise<ReadonlyMap<ConversationId, number[]>> {
  if (ids.length === 0) return new Map()
  const rows = await db
    .selectFrom('mentions')
    .innerJoin('members', 'members.conversation_id', 'mentions.conversation_id')
    .innerJoin('conversations', 'conversations.id', 'mentions.conversation_id')
    .innerJoin('messages', (join) =>
      join
        .onRef('messages.conversation_id', '=', 'mentions.conversation_id')
        .onRef('messages.seq', '=', 'mentions.seq'),
    )
    .leftJoin('message_deletions', (join) =>
      join
        .onRef('message_deletions.message_id', '=', 'messages.id')
        .on('message_deletions.user_id', '=', userId),
    )
    .select(['mentions.conversation_id as id', 'mentions.seq'])
    .distinct()
    .where('members.user_id', '=', userId)
    .where('mentions.conversation_id', 'in', ids)
    .where('mentions.user_id', 'in', [userId, 'all'])
    .where('messages.sender_id', '!=', userId)
    .where('message_deletions.message_id', 'is', null)
    .where('mentions.seq', '>', countedAfter('members.read_seq', 'conversations.last_seq'))
    .where((mention) =>
      mention.or([
        mention('members.left_seq', 'is', null),
        mention('mentions.seq', '<=', mention.ref('members.left_seq')),
      ]),
    )
    .orderBy('mentions.seq')
    .execute()
  const byId = Map.groupBy(rows, ({ id }) => id)
  return new Map([...byId].map(([id, found]) => [id, found.map(({ seq }) => seq)]))
}
