import type { ConversationId, UserId } from '#shared/ids.ts'
import type { ConversationView, MessageView } from '#shared/protocol/chat.ts'
import type { UserView } from '#shared/protocol/accounts.ts'
import type { GroupView } from '#shared/protocol/groups.ts'
import type { Database } from '#server/platform/database/database.ts'
import { findGroups } from './groups/groupRepository.ts'
import { findMentioned } from './mentionRepository.ts'
import { findLastMessages } from './messageRepository.ts'
import { SETTINGS_COLUMNS, toSettings } from './settingsRepository.ts'

/** Memberships of one user with the other member, the counters and what is unread. */
function membershipsOf(db: Database, userId: UserId) {
  return db
    .selectFrom('members as mine')
    .innerJoin('conversations', 'conversations.id', 'mine.conversation_id')
    .leftJoin('members as theirs', (join) =>
      join
        .onRef('theirs.conversation_id', '=', 'mine.conversation_id')
        .onRef('theirs.user_id', '!=', 'mine.user_id')
        .on('conversations.kind', '=', 'private'),
    )
    .leftJoin('users as peer', 'peer.id', 'theirs.user_id')
    .leftJoin('preferences as told', 'told.user_id', 'mine.user_id')
    .leftJoin('preferences as tells', 'tells.user_id', 'theirs.user_id')
    .where('mine.user_id', '=', userId)
    .select((column) => [
      'conversations.id',
      'conversations.last_seq',
      'mine.left_seq',
      'mine.read_seq',
      ...SETTINGS_COLUMNS.map((name) => `mine.${name}` as const),
      'theirs.received_seq as peer_received_seq',
      'theirs.read_seq as peer_read_seq',
      'told.shows_reading as told_reading',
      'tells.shows_reading as tells_reading',
      'peer.id as peer_id',
      'peer.nickname as peer_nickname',
      // Derived, never counted up and down [CH9].
      column
        .selectFrom('messages')
        .whereRef('messages.conversation_id', '=', 'mine.conversation_id')
        .whereRef('messages.seq', '>', 'mine.read_seq')
        .whereRef('messages.sender_id', '!=', 'mine.user_id')
        .where('messages.attention', '=', 1)
        .where((message) =>
          message.or([
            message('mine.left_seq', 'is', null),
            message('messages.seq', '<=', message.ref('mine.left_seq')),
          ]),
        )
        .select((message) => message.fn.countAll<number>().as('count'))
        .as('unread'),
    ])
}

type Membership = Awaited<ReturnType<ReturnType<typeof membershipsOf>['execute']>>[number]

interface Known {
  last: ReadonlyMap<ConversationId, MessageView>
  groups: ReadonlyMap<ConversationId, GroupView>
  mentioned: ReadonlyMap<ConversationId, number[]>
}

function toView(row: Membership, { last: lastOf, groups, mentioned }: Known): ConversationView {
  const last = lastOf.get(row.id) ?? null
  const settings = toSettings(row)
  // What one has deleted is not the last word.
  const lastMessage = last !== null && last.seq > settings.clearedSeq ? last : null
  return {
    id: row.id,
    peer: peerOf(row),
    group: groups.get(row.id) ?? null,
    settings,
    lastMessage,
    lastSeq: row.left_seq ?? row.last_seq,
    readSeq: row.read_seq,
    unread: row.unread ?? 0,
    mentionedSeqs: mentioned.get(row.id) ?? [],
    ...receiptOf(row),
  }
}

/** How far the other one of two has come; in a group it is not told. */
function receiptOf(row: Membership): Pick<ConversationView, 'peerReceivedSeq' | 'peerReadSeq'> {
  const { peer_received_seq: receivedSeq, peer_read_seq: readSeq } = row
  if (receivedSeq === null || readSeq === null) return { peerReceivedSeq: 0, peerReadSeq: 0 }
  // Both have to show it; who has never said shows it.
  const isShown = row.told_reading !== 0 && row.tells_reading !== 0
  return {
    peerReceivedSeq: Math.max(receivedSeq, readSeq),
    peerReadSeq: isShown ? readSeq : 0,
  }
}

const peerOf = ({ peer_id: id, peer_nickname: nickname }: Membership): UserView | null =>
  id === null || nickname === null ? null : { id, nickname }

/** How many messages ask for attention after one seq, up to another. */
export interface Unread {
  readonly readSeq: number
  readonly lastSeq: number
  readonly count: number
}

/** What is unread in a conversation for one of its members; null for anyone else. */
export async function findUnread(
  db: Database,
  id: ConversationId,
  userId: UserId,
): Promise<Unread | null> {
  const row = await membershipsOf(db, userId).where('conversations.id', '=', id).executeTakeFirst()
  if (row === undefined) return null
  return { readSeq: row.read_seq, lastSeq: row.left_seq ?? row.last_seq, count: row.unread ?? 0 }
}

/** Somebody's conversations that hold a message, newest first. */
export async function listConversations(db: Database, userId: UserId): Promise<ConversationView[]> {
  const rows = await membershipsOf(db, userId).where('conversations.last_seq', '>', 0).execute()
  const ids = rows.map(({ id }) => id)
  const known = {
    last: await findLastMessages(db, ids, userId),
    groups: await findGroups(db, ids),
    mentioned: await findMentioned(db, ids, userId),
  }
  return rows
    .map((row) => toView(row, known))
    .sort((a, b) => (b.lastMessage?.createdAt ?? 0) - (a.lastMessage?.createdAt ?? 0))
}
