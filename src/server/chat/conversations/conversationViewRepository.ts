import type { ConversationId, UserId } from '#shared/ids.ts'
import type { ConversationView, MessageView } from '#shared/protocol/chat.ts'
import type { UserView } from '#shared/protocol/accounts.ts'
import type { GroupView } from '#shared/protocol/groups.ts'
import type { Database } from '#server/platform/database/database.ts'
import { piecesOf, type TakeTurn } from '#server/platform/turns.ts'
import { countMembers, findGroups } from './groupRepository.ts'
import { findPasts } from './pastRepository.ts'
import { findMentioned } from './mentionRepository.ts'
import { findLastMessages } from '../messages/messageRepository.ts'
import { countedAfter, type Unread } from './unreadRepository.ts'
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
        .where('messages.seq', '>', countedAfter('mine.read_seq', 'conversations.last_seq'))
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

/** Groups as they are; those that somebody has left, as they were then [CH11]. */
async function groupsOf(
  db: Database,
  userId: UserId,
  ids: readonly ConversationId[],
): Promise<ReadonlyMap<ConversationId, GroupView>> {
  const pasts = await findPasts(db, userId, ids)
  const present = ids.filter((id) => !pasts.has(id))
  return new Map([...pasts, ...(await findGroups(db, present))])
}

/** So many conversations are looked at in one turn: of each up to 1,000 messages are counted. */
export const LISTED_TOGETHER = 10
/** How many members of theirs are read in one turn, or those of one group: it may have 500. */
export const MEMBERS_TOGETHER = 1_000

/** Somebody's conversations that hold a message, newest first. */
export async function listConversations(
  { db, takeTurn }: { db: Database; takeTurn: TakeTurn },
  userId: UserId,
): Promise<ConversationView[]> {
  const ids = await findConversationsOf(db, userId)
  const views: ConversationView[] = []
  for (let at = 0; at < ids.length; at += LISTED_TOGETHER) {
    const some = ids.slice(at, at + LISTED_TOGETHER)
    const counts = await countMembers(db, some)
    for (const piece of piecesOf(some, (id) => counts.get(id) ?? 0, MEMBERS_TOGETHER)) {
      if (views.length > 0) await takeTurn()
      views.push(...(await viewsOf(db, userId, piece)))
    }
  }
  return views.sort((a, b) => (b.lastMessage?.createdAt ?? 0) - (a.lastMessage?.createdAt ?? 0))
}

/** Those in which something was said. */
async function findConversationsOf(db: Database, userId: UserId): Promise<ConversationId[]> {
  const rows = await db
    .selectFrom('members')
    .innerJoin('conversations', 'conversations.id', 'members.conversation_id')
    .select('conversations.id')
    .where('members.user_id', '=', userId)
    .where('conversations.last_seq', '>', 0)
    .execute()
  return rows.map(({ id }) => id)
}

async function viewsOf(
  db: Database,
  userId: UserId,
  ids: readonly ConversationId[],
): Promise<ConversationView[]> {
  const rows = await membershipsOf(db, userId).where('conversations.id', 'in', ids).execute()
  const known = {
    last: await findLastMessages(db, ids, userId),
    groups: await groupsOf(db, userId, ids),
    mentioned: await findMentioned(db, ids, userId),
  }
  return rows.map((row) => toView(row, known))
}
