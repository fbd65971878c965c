import { AppError } from '#shared/errors.ts'
import type { ConversationId, UserId } from '#shared/ids.ts'
import { HISTORY_PAGE } from '#shared/limits.ts'
import type { ConversationView, MessagePage, MessageView } from '#shared/protocol/chat.ts'
import type { RequestBody, RequestReply } from '#shared/protocol/envelope.ts'
import { inTransaction, type Database } from '#server/platform/database/database.ts'
import type { Limiter } from '#server/platform/limits/limiter.ts'
import type { TakeTurn } from '#server/platform/turns.ts'
import { lockConversations } from '../conversations/conversationRepository.ts'
import { findAudience, findReadable, isReadable } from '../conversations/memberRepository.ts'
import { listConversations } from '../conversations/conversationViewRepository.ts'
import type { Feed } from '#server/feed/index.ts'
import { findMentionable } from '../conversations/mentionRepository.ts'
import { findQuotes } from '../messages/messageDetailsRepository.ts'
import { findMessage, findPage } from '../messages/messageRepository.ts'
import type { RequireReach } from '../conversations/reach.ts'
import { readUpTo, type ReadPosition } from '../conversations/positions.ts'
import { createReceiving } from './receiving.ts'
import type { Writer } from './writer.ts'

export interface ChatService {
  /**
   * Write a message of a user's. Answered when it is on disk [CH2], under the same id always alike [CH1].
   * @throws AppError `request/not-found` (not a member [CH4]), `request/blocked`, `request/forbidden`
   *   (one of the two has blocked the other [S17]), `request/conflict` (the id of another message),
   *   `request/rate-limited`
   */
  send(userId: UserId, sent: RequestBody<'chat.send'>): Promise<RequestReply<'chat.send'>>
  list(userId: UserId): Promise<ConversationView[]>
  /** @throws AppError `request/not-found`, alike for somebody else's and for none */
  page(userId: UserId, id: ConversationId, before: number | null): Promise<MessagePage>
  /** @throws AppError `request/not-found`, alike for somebody else's and for none */
  read(userId: UserId, id: ConversationId, seq: number): Promise<ReadPosition>
  /** A device of a user has everything up to a pos of its feed: the senders learn what is delivered. */
  readonly reached: (userId: UserId, pos: number) => Promise<void>
}

export interface ChatServiceOptions {
  db: Database
  feed: Feed
  writer: Writer
  now: () => number
  /** How much a user may write. */
  messages: Limiter
  requireReach: RequireReach
  takeTurn: TakeTurn
}

/** What users do with conversations and their messages. */
export function createChatService(options: ChatServiceOptions): ChatService {
  const { db, feed, writer, now, messages, requireReach } = options
  const receiveUpTo = createReceiving(options)

  return {
    async send(senderId, { id, conversationId, text, replyTo, mentions = [] }) {
      // Said again, it is answered and not counted: the client can't know whether it was heard.
      if ((await findMessage(db, id)) === null) await messages.take(senderId)
      const appended = await inTransaction(db, async (trx) => {
        await lockConversations(trx, [conversationId])
        const audience = await findAudience(trx, conversationId)
        if (!audience.members.some((member) => member.id === senderId)) {
          throw new AppError('request/not-found')
        }
        const found = await writer.findWritten(trx, { id, conversationId, senderId })
        if (found !== null) return { message: found, deliveries: [] }
        await requireReach(trx, senderId, audience)
        const place = { id: conversationId, userId: senderId }
        // A mention that is not allowed is dropped; the text still goes out.
        const allowed = await findMentionable(trx, place, mentions)
        const marks = allowed.length === 0 ? {} : { mentions: allowed }
        const body = { kind: 'text' as const, text, ...marks }
        const written = { id, conversationId, senderId, body, createdAt: now(), rev: 0 }
        const quote = await quoteOf(trx, { conversationId, senderId }, replyTo)
        return writer.write(trx, { ...written, ...quote }, audience)
      })
      feed.announce(appended.deliveries)
      return { message: appended.message }
    },

    list: (userId) => listConversations(options, userId),

    async page(userId, id, before) {
      const range = await findReadable(db, id, userId)
      if (range === null) throw new AppError('request/not-found')
      // One more than a page tells whether there is more.
      const found = await findPage(db, {
        id,
        viewer: userId,
        after: range.after,
        before: before === null ? range.before : Math.min(before, range.before ?? before),
        count: HISTORY_PAGE + 1,
      })
      const hasMore = found.length > HISTORY_PAGE
      return { messages: hasMore ? found.slice(1) : found, hasMore }
    },

    async read(userId, id, seq) {
      const [position, deliveries] = await inTransaction(db, async (trx) => {
        await lockConversations(trx, [id])
        const read = await readUpTo(trx, { id, userId, seq })
        if (read === null) throw new AppError('request/not-found')
        return [read.position, await feed.record(trx, read.drafts)] as const
      })
      feed.announce(deliveries)
      return position
    },

    reached: receiveUpTo,
  }
}

/**
 * What a message answers. Nobody quotes what is not for them; what they wrote of it still goes out.
 * @throws AppError `request/not-found` when it is not in the conversation
 */
async function quoteOf(
  trx: Database,
  { conversationId, senderId }: Pick<MessageView, 'conversationId' | 'senderId'>,
  replyTo: string | undefined,
): Promise<Pick<MessageView, 'quote'>> {
  if (replyTo === undefined) return {}
  const quoted = await findMessage(trx, replyTo)
  const quote = (await findQuotes(trx, [replyTo], senderId)).get(replyTo)
  if (quoted?.conversationId !== conversationId || quote === undefined) {
    throw new AppError('request/not-found', { field: 'replyTo' })
  }
  const readable = await findReadable(trx, conversationId, senderId)
  return readable !== null && isReadable(readable, quoted.seq) ? { quote } : {}
}
