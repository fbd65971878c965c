import type { ConversationId, UserId } from '#shared/ids.ts'
import type { ConversationView, MessageView } from '#shared/protocol/chat.ts'
import type { Database } from '#server/platform/database/database.ts'
import { findLastMessages } from './messageRepository.ts'
import { SETTINGS_COLUMNS, toSettings } from './settingsRepository.ts'

/** Memberships of one user with the other member, the counters and what is unread. */
function membershipsOf(db: Database, userId: UserId) {
  return db
    .selectFrom('members as mine')
    .innerJoin('conversations', 'conversations.id', 'mine.conversation_id')
    .innerJoin('members as theirs', (join) =>
      join
        .onRef('theirs.conversation_id', '=', 'mine.conversation_id')
        .onRef('theirs.user_id', '!=', 'mine.user_id'),
    )
    .innerJoin('users as peer', 'peer.id', 'theirs.user_id')
    .leftJoin('preferences as told', 'told.user_id', 'mine.user_id')
    .leftJoin('preferences as tells', 'tells.user_id', 'theirs.user_id')
    .where('mine.user_id', '=', userId)
    .select((column) => [
      'conversations.id',
      'conversations.last_seq',
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
        .select((message) => message.fn.countAll<number>().as('count'))
        .as('unread'),
    ])
}

type Membership = Awaited<ReturnType<ReturnType<typeof membershipsOf>['execute']>>[number]

function toView(row: Membership, last: MessageView | null): ConversationView {
  const settings = toSettings(row)
  // What one has deleted is not the last word.
  const lastMessage = last !== null && last.seq > settings.clearedSeq ? last : null
  return {
    id: row.id,
    peer: { id: row.peer_id, nickname: row.peer_nickname },
    settings,
    lastMessage,
    lastSeq: row.last_seq,
    readSeq: row.read_seq,
    unread: row.unread ?? 0,
    peerReceivedSeq: Math.max(row.peer_received_seq, row.peer_read_seq),
    // Both have to show it; who has never said shows it.
    peerReadSeq: row.told_reading === 0 || row.tells_reading === 0 ? 0 : row.peer_read_seq,
  }
}

/** A conversation as one of its members sees it; null for anyone else and when there is none. */
export async function findConversation(
  db: Database,
  id: ConversationId,
  userId: UserId,
): Promise<ConversationView | null> {
  const row = await membershipsOf(db, userId).where('conversations.id', '=', id).executeTakeFirst()
  if (row === undefined) return null
  const last = await findLastMessages(db, [id], userId)
  return toView(row, last.get(id) ?? null)
}

/** Somebody's conversations that hold a message, newest first. */
export async function listConversations(db: Database, userId: UserId): Promise<ConversationView[]> {
  const rows = await membershipsOf(db, userId).where('conversations.last_seq', '>', 0).execute()
  const last = await findLastMessages(
    db,
    rows.map(({ id }) => id),
    userId,
  )
  return rows
    .map((row) => toView(row, last.get(row.id) ?? null))
    .sort((a, b) => (b.lastMessage?.createdAt ?? 0) - (a.lastMessage?.createdAt ?? 0))
}
