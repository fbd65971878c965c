import type { MessageView } from '#shared/protocol/chat.ts'
import type { FeedEntry } from '#shared/protocol/feed.ts'
import type { Database } from '#server/platform/database/database.ts'
import { findDeleters, findLastQuoting } from '../messages/changeRepository.ts'
import { findPresentMembers, type PresentMember } from '../conversations/memberRepository.ts'
import type { FeedDraft } from '#server/feed/index.ts'
import { findQuotes } from '../messages/messageDetailsRepository.ts'
import { findUnreadOf } from '../conversations/unreadRepository.ts'

/**
 * A message has changed: one entry for everybody in its conversation, however often it is quoted. Quotes
 * are looked up when they are read, and clients take them from the message as they know it. Who can't read
 * that, but something that quotes it, is told of the quote.
 */
export async function notesOfChange(
  trx: Database,
  before: MessageView,
  after: MessageView,
): Promise<FeedDraft[]> {
  const { id, seq, conversationId, body } = after
  const isRewritten = JSON.stringify(body) !== JSON.stringify(before.body)
  const quoting = isRewritten ? await quotingOf(trx, after) : null
  const deleters = (await findDeleters(trx, [id])).get(id)
  const members = await findPresentMembers(trx, conversationId)
  // A message that was taken back is not unread any more [CH9].
  const isTakenBack = isRewritten && body.kind === 'recalled'
  const unread = isTakenBack ? await findUnreadOf(trx, conversationId, members) : null
  // Who gets the same gets the same object: it is put into words once.
  const changed: FeedEntry = { kind: 'changed', message: after }
  const entryFor = ({ userId, clearedSeq }: PresentMember): FeedEntry | null => {
    if (seq > clearedSeq && deleters?.has(userId) !== true) {
      const count = unread?.get(userId)
      return count === undefined ? changed : { ...changed, unread: count }
    }
    return quoting !== null && quoting.lastSeq > clearedSeq ? quoting.entry : null
  }
  return members.flatMap((member) => {
    const entry = entryFor(member)
    return entry === null ? [] : { userId: member.userId, entry }
  })
}

/** How a message is quoted, and up to where; null: nowhere. */
async function quotingOf(trx: Database, { id, conversationId }: MessageView) {
  const lastSeq = await findLastQuoting(trx, id)
  const quote = lastSeq === 0 ? undefined : (await findQuotes(trx, [id], null)).get(id)
  if (quote === undefined) return null
  const entry: FeedEntry = { kind: 'quoted', conversationId, quote }
  return { lastSeq, entry }
}
