import { AppError } from '#shared/errors.ts'
import { decidesAbout } from '#shared/rules/groupMembers.ts'
import type { UserId } from '#shared/ids.ts'
import { EDIT_WINDOW_MS, REACTIONS_MAX, RECALL_WINDOW_MS } from '#shared/limits.ts'
import type { MessageView } from '#shared/protocol/chat.ts'
import type { RequestBody, RequestReply } from '#shared/protocol/envelope.ts'
import { inTransaction, type Database } from '#server/platform/database/database.ts'
import type { Limiter } from '#server/platform/limits/limiter.ts'
import { notesOfChange } from './changeDrafts.ts'
import {
  countChange,
  deleteReaction,
  deleteReactions,
  insertDeletions,
  insertReaction,
  updateBody,
} from '../messages/changeRepository.ts'
import { lockConversations } from '../conversations/conversationRepository.ts'
import {
  findAudience,
  findReadable,
  isMember,
  isReadable,
} from '../conversations/memberRepository.ts'
import type { Feed, FeedDraft } from '#server/feed/index.ts'
import { findGroups } from '../conversations/groupRepository.ts'
import { deleteMentions } from '../conversations/mentionRepository.ts'
import { forgetMessagePasts, keepMessagePast } from '../messages/messagePastRepository.ts'
import { findMessage, findMessages } from '../messages/messageRepository.ts'
import type { RequireReach } from '../conversations/reach.ts'
import { forgetText, reindexText } from '../search/indexRepository.ts'

type Change = 'chat.edit' | 'chat.recall' | 'chat.react'

/**
 * What becomes of messages that are there already [CH8]. Said again it is the same, and nobody hears
 * of it twice.
 * @throws AppError `request/not-found` (no such message for this user [CH4]), `request/forbidden`,
 *   `request/blocked`, `request/too-late`, `request/conflict`, `request/rate-limited`
 */
export interface Changes {
  edit(userId: UserId, body: RequestBody<'chat.edit'>): Promise<RequestReply<'chat.edit'>>
  recall(userId: UserId, body: RequestBody<'chat.recall'>): Promise<RequestReply<'chat.recall'>>
  react(userId: UserId, body: RequestBody<'chat.react'>): Promise<RequestReply<'chat.react'>>
  /** Only for the user themselves. */
  remove(userId: UserId, body: RequestBody<'chat.delete'>): Promise<object>
}

export interface ChangesOptions {
  db: Database
  feed: Feed
  now: () => number
  messages: Limiter
  requireReach: RequireReach
}

export function createChanges({ db, feed, now, messages, requireReach }: ChangesOptions): Changes {
  /** @param apply changes the message; returns false when there is nothing to change */
  async function change(
    userId: UserId,
    { id, conversationId }: RequestBody<Change>,
    apply: (trx: Database, message: MessageView) => Promise<boolean>,
  ): Promise<{ message: MessageView }> {
    const [message, deliveries] = await inTransaction(db, async (trx) => {
      const before = await findForChange(trx, userId, { id, conversationId })
      if (!(await apply(trx, before))) return [before, []] as const
      const after = (await findMessage(trx, id)) ?? before
      if (after.body.kind !== 'recalled') await keepMessagePast(trx, before)
      return [after, await feed.record(trx, await notesOfChange(trx, before, after))] as const
    })
    feed.announce(deliveries)
    return { message }
  }

  return {
    async edit(userId, body) {
      await messages.take(userId)
      return change(userId, body, async (trx, message) => {
        requireOwn(message, userId)
        if (message.body.kind !== 'text') throw new AppError('request/conflict')
        if (message.body.text === body.text) return false
        await requireReach(trx, userId, await findAudience(trx, message.conversationId))
        requireSince(message, now() - EDIT_WINDOW_MS)
        await updateBody(trx, message.id, { body: { ...message.body, text: body.text }, at: now() })
        await reindexText(trx, message, { before: message.body.text, after: body.text })
        return true
      })
    },

    recall: (userId, body) =>
      change(userId, body, async (trx, message) => {
        const decides = await canAlwaysRecall(trx, message, userId)
        if (!decides) requireOwn(message, userId)
        if (message.body.kind === 'recalled') return false
        if (message.body.kind !== 'text') throw new AppError('request/conflict')
        if (!decides) requireSince(message, now() - RECALL_WINDOW_MS)
        await updateBody(trx, message.id, { body: { kind: 'recalled', byId: userId }, at: now() })
        await forget(trx, message, message.body.text)
        return true
      }),

    async react(userId, { emoji, isOn, ...body }) {
      await messages.take(userId)
      return change(userId, body, async (trx, message) => {
        if (hasReaction(message, emoji, userId) === isOn) return false
        const reaction = { messageId: message.id, userId, emoji, createdAt: now() }
        if (isOn) {
          await requireReach(trx, userId, await findAudience(trx, message.conversationId))
          requireRoomFor(message, emoji)
          await insertReaction(trx, reaction)
        } else {
          await deleteReaction(trx, reaction)
        }
        await countChange(trx, [message.id])
        return true
      })
    },

    remove: createRemoval({ db, feed }),
  }
}

const hasReaction = ({ reactions = [] }: MessageView, emoji: string, userId: UserId): boolean =>
  reactions.some((one) => one.emoji === emoji && one.userIds.includes(userId))

/** @throws AppError `request/conflict` where it can't be answered with one more emoji */
function requireRoomFor({ body, reactions = [] }: MessageView, emoji: string): void {
  const isTooMuch =
    reactions.length >= REACTIONS_MAX && !reactions.some((one) => one.emoji === emoji)
  if (body.kind === 'recalled' || isTooMuch) throw new AppError('request/conflict')
}

/** A message that somebody may change, its conversation locked. @throws AppError `request/not-found` */
async function findForChange(
  trx: Database,
  userId: UserId,
  { id, conversationId }: Pick<MessageView, 'id' | 'conversationId'>,
): Promise<MessageView> {
  await lockConversations(trx, [conversationId])
  const message = await findMessage(trx, id)
  const readable = await findReadable(trx, conversationId, userId)
  const isThere = message?.conversationId === conversationId
  // Who has left may read, and no more.
  const isIn = readable?.before === null
  if (!isThere || !isIn || !isReadable(readable, message.seq)) {
    throw new AppError('request/not-found')
  }
  return message
}

/** Deleting for oneself: nobody else hears of it. */
const createRemoval =
  ({ db, feed }: Pick<ChangesOptions, 'db' | 'feed'>): Changes['remove'] =>
  async (userId, { conversationId, ids }) => {
    const deliveries = await inTransaction(db, async (trx) => {
      await lockConversations(trx, [conversationId])
      if (!(await isMember(trx, conversationId, userId))) throw new AppError('request/not-found')
      const deleted = await insertDeletions(trx, { conversationId, ids, userId })
      await countChange(trx, deleted)
      const views = await findMessages(trx, deleted, userId)
      const drafts = [...views.values()].map((message): FeedDraft => ({
        userId,
        entry: { kind: 'changed', message },
      }))
      return feed.record(trx, drafts)
    })
    feed.announce(deliveries)
    return {}
  }

/** Nothing is left of what a message said, nor of what was answered to it. */
async function forget(trx: Database, message: MessageView, text: string): Promise<void> {
  await deleteReactions(trx, message.id)
  await forgetMessagePasts(trx, message.id)
  await deleteMentions(trx, message)
  await forgetText(trx, message, text)
}

/** Who looks after a group takes back what they and those below them have said, at any time [CH8]. */
async function canAlwaysRecall(
  trx: Database,
  { conversationId: id, senderId }: MessageView,
  userId: UserId,
): Promise<boolean> {
  const group = (await findGroups(trx, [id])).get(id)
  return group !== undefined && decidesAbout(group, userId, senderId)
}

function requireOwn({ senderId }: MessageView, userId: UserId): void {
  if (senderId !== userId) throw new AppError('request/forbidden')
}

function requireSince({ createdAt }: MessageView, earliest: number): void {
  if (createdAt < earliest) throw new AppError('request/too-late')
}
