import type { ConversationId, UserId } from '#shared/ids.ts'
import type { Database } from '#server/platform/database/database.ts'
import { lockConversations } from './conversationRepository.ts'
import { findPeer, findMembersWithoutReceipts } from './memberRepository.ts'
import { advance, findPosition } from './positionRepository.ts'
import { findUnread } from './conversationViewRepository.ts'
import { acknowledge, type FeedDraft, lockHeads, type Received } from '#server/feed/index.ts'

/** Somebody's read position, for all of their tabs. */
export interface ReadPosition {
  conversationId: ConversationId
  readSeq: number
  unread: number
}

/**
 * Somebody has read up to a message.
 * @returns null for who is no member; drafts only when something has changed
 */
export async function readUpTo(
  trx: Database,
  read: { id: ConversationId; userId: UserId; seq: number },
): Promise<{ position: ReadPosition; drafts: readonly FeedDraft[] } | null> {
  const { id, userId } = read
  const hasMoved = await advance(trx, 'read_seq', read)
  const unread = await findUnread(trx, id, userId)
  if (unread === null) return null
  const position = { conversationId: id, readSeq: unread.readSeq, unread: unread.count }
  if (!hasMoved) return { position, drafts: [] }
  const { lastSeq } = unread
  const mine: FeedDraft = { userId, entry: { kind: 'read', ...position, lastSeq } }
  return { position, drafts: [mine, ...(await receiptsOf(trx, id, userId))] }
}

/**
 * Conversations have come to a user, and with them every place of the feed up to `upTo`; null: not every one yet.
 * @returns what their senders learn
 */
export async function receive(
  trx: Database,
  {
    userId,
    received,
    upTo,
  }: { userId: UserId; received: readonly Received[]; upTo: number | null },
): Promise<readonly FeedDraft[]> {
  const ids = received.map(({ conversationId }) => conversationId)
  await lockConversations(trx, ids)
  const drafts: FeedDraft[] = []
  for (const { conversationId: id, seq } of received) {
    if (await advance(trx, 'received_seq', { id, userId, seq })) {
      drafts.push(...(await receiptsOf(trx, id, userId)))
    }
  }
  // Their own feed in its turn among those of the senders.
  await lockHeads(trx, [userId, ...drafts.map((draft) => draft.userId)])
  if (upTo !== null) await acknowledge(trx, userId, upTo)
  return drafts
}

/** How far a conversation has come to one of two, for the other one. */
async function receiptsOf(trx: Database, id: ConversationId, userId: UserId): Promise<FeedDraft[]> {
  // Who has read what in a group is asked for, not told to everybody.
  const peer = await findPeer(trx, id, userId)
  const position = await findPosition(trx, id, userId)
  if (peer === null || position === null) return []
  const withoutReceipts = await findMembersWithoutReceipts(trx, id)
  const shown =
    withoutReceipts.has(userId) || withoutReceipts.has(peer)
      ? { ...position, readSeq: 0 }
      : position
  return [{ userId: peer, entry: { kind: 'receipt', conversationId: id, ...shown } }]
}
