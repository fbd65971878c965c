import { AppError } from '#shared/errors.ts'
import type { UserId } from '#shared/ids.ts'
import type { RequestBody, RequestReply } from '#shared/protocol/envelope.ts'
import type { Database } from '#server/platform/database/database.ts'
import { findGroupReads, findMembersWithoutReceipts } from './memberRepository.ts'
import { findMessage } from '../messages/messageRepository.ts'

/**
 * Who of a group has read a message of one's own, for who lets others know how far they read; who
 * does not is in neither list.
 * @throws AppError `request/not-found` (no such message of theirs [CH4]), `request/forbidden`
 */
export const createReaders =
  ({ db }: { db: Database }) =>
  async (
    userId: UserId,
    { id, conversationId }: RequestBody<'chat.readers'>,
  ): Promise<RequestReply<'chat.readers'>> => {
    const message = await findMessage(db, id)
    if (message?.conversationId !== conversationId || message.senderId !== userId) {
      throw new AppError('request/not-found')
    }
    const members = await findGroupReads(db, conversationId)
    if (!members.some((member) => member.id === userId)) throw new AppError('request/not-found')
    const withoutReceipts = await findMembersWithoutReceipts(db, conversationId)
    if (withoutReceipts.has(userId)) throw new AppError('request/forbidden')
    const asked = members.filter(
      (member) => member.id !== userId && !withoutReceipts.has(member.id),
    )
    const hasRead = ({ readSeq }: (typeof members)[number]): boolean => readSeq >= message.seq
    return {
      read: asked.filter(hasRead).map((member) => member.id),
      unread: asked.filter((member) => !hasRead(member)).map((member) => member.id),
    }
  }
