import type { ConversationId, UserId } from '#shared/ids.ts'
import type { Database } from '#server/platform/database/database.ts'
import {
  advance,
  findAudience,
  findPosition,
  findSilentReaders,
  lockConversations,
  type Position,
} from './conversationRepository.ts'
import { findUnread } from './conversationViews.ts'
import type { Note } from './feed.ts'
import { acknowledge, findHead, findReceived, lockHeads } from './feedRepository.ts'

/** Somebody's read position, for all of their tabs. */
export interface ReadPosition {
  conversationId: ConversationId
  readSeq: number
  unread: number
}

/**
 * Somebody has read up to a message.
 * @returns null for who is no member; notes only when something has changed
 */
export async function readUpTo(
  trx: Database,
  read: { id: ConversationId; userId: UserId; seq: number },
): Promise<{ position: ReadPosition; notes: readonly Note[] } | null> {
  const { id, userId } = read
  const hasMoved = await advance(trx, 'read_seq', read)
  const unread = await findUnread(trx, id, userId)
  if (unread === null) return null
  const position = { conversationId: id, readSeq: unread.readSeq, unread: unread.count }
  if (!hasMoved) return { position, notes: [] }
  const { lastSeq } = unread
  const mine: Note = { userId, entry: { kind: 'read', ...position, lastSeq } }
  return { position, notes: [mine, ...(await receiptsOf(trx, id, userId))] }
}

/** A device of a user's has everything of the feed up to a pos: the senders learn of it [CH6]. */
export async function receiveUpTo(
  trx: Database,
  userId: UserId,
  pos: number,
): Promise<readonly Note[]> {
  const head = await findHead(trx, userId)
  if (pos <= head.ackedPos || pos > head.pos) return []
  const all = await findReceived(trx, { userId, after: head.ackedPos, upTo: pos })
  await lockConversations(
    trx,
    all.map((received) => received.conversationId),
  )
  const notes: Note[] = []
  for (const { conversationId: id, seq } of all) {
    if (await advance(trx, 'received_seq', { id, userId, seq })) {
      notes.push(...(await receiptsOf(trx, id, userId)))
    }
  }
  // Their own feed in its turn among those of the senders.
  await lockHeads(trx, [userId, ...notes.map((note) => note.userId)])
  await acknowledge(trx, userId, pos)
  return notes
}

/** How far a conversation has come to one member, for everybody else in it. */
async function receiptsOf(trx: Database, id: ConversationId, userId: UserId): Promise<Note[]> {
  const position = await findPosition(trx, id, userId)
  if (position === null) return []
  const { isGroup, members } = await findAudience(trx, id)
  // Who has read what in a group is asked for, not told to everybody.
  if (isGroup) return []
  const silent = await findSilentReaders(trx, id)
  const shown = (other: UserId): Position =>
    silent.has(userId) || silent.has(other) ? { ...position, readSeq: 0 } : position
  return members
    .filter((member) => member.id !== userId)
    .map((member) => ({
      userId: member.id,
      entry: { kind: 'receipt', conversationId: id, ...shown(member.id) },
    }))
}
