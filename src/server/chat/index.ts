import type { FastifyInstance } from 'fastify'
import { AppError } from '#shared/errors.ts'
import type { ConversationId, UserId } from '#shared/ids.ts'
import type { MessageView } from '#shared/protocol/chat.ts'
import type { Clock } from '#server/platform/clock.ts'
import type { Database } from '#server/platform/database/database.ts'
import type { FrameHandlers } from '#server/platform/gateway/handlers.ts'
import type { Limits } from '#server/platform/limits/limits.ts'
import type { Log } from '#server/platform/log/log.ts'
import type { TakeTurn } from '#server/platform/turns.ts'
import type { Accounts } from '#server/accounts/index.ts'
import { createChanges } from './writing/changes.ts'
import { findAudience, isMember } from './conversations/memberRepository.ts'
import { createChatService } from './writing/chatService.ts'
import { createGroupService } from './groups/createGroupService.ts'
import type { Feed, FeedMessages } from '#server/feed/index.ts'
import { createReach, type RefusalOf } from './conversations/reach.ts'
import { findQuotes } from './messages/messageDetailsRepository.ts'
import { findMessages } from './messages/messageRepository.ts'
import { createReaders } from './conversations/readers.ts'
import { addChatRoutes } from './routes.ts'
import { createIndexer } from './search/indexer.ts'
import { createSearch } from './search/searchService.ts'
import { createSettings } from './conversations/settings.ts'
import {
  createWriter,
  openPrivate,
  type Appended,
  type Draft,
  type Writer,
} from './writing/writer.ts'

export { lockConversations } from './conversations/conversationRepository.ts'
export type { Appended, Draft } from './writing/writer.ts'

/** The frames that this room answers. */
export type ChatHandlers = Pick<
  FrameHandlers,
  Extract<keyof FrameHandlers, `chat.${string}` | `group.${string}`>
>

/** What other rooms may ask of the chat. */
export interface Chat {
  /** The private conversation of a pair, made if there is none. */
  openPrivate: typeof openPrivate
  append: Writer['append']
  /** Tell both users' tabs of a message that was appended. */
  announce: (appended: Appended) => void
  /** Write a message, and tell both users' tabs of it. @throws AppError `request/conflict` */
  appendMessage(draft: Draft): Promise<MessageView>
  /** @throws AppError `request/not-found` for who is not in a conversation [CH4] */
  requireMember(id: ConversationId, userId: UserId): Promise<void>
  /** Who else is in a conversation. */
  othersIn(id: ConversationId, userId: UserId): Promise<UserId[]>
  /** A device of a user has everything up to a pos of its feed: the senders learn what is delivered. */
  reached: (userId: UserId, pos: number) => Promise<void>
  readonly handlers: ChatHandlers
  /** Nothing is written any more of itself, when it has resolved. */
  stop: () => Promise<void>
}

export interface ChatOptions {
  http: FastifyInstance
  db: Database
  feed: Feed
  clock: Clock
  log: Log
  accounts: Accounts
  limits: Limits
  /** Of these people those who are contacts of a user's: who may be brought into a group. */
  contactsAmong: (db: Database, userId: UserId, others: readonly UserId[]) => Promise<UserId[]>
  refusalOf: RefusalOf
  takeTurn: TakeTurn
}

/** Build the room and put its routes on. */
export function createChat(options: ChatOptions): Chat {
  const { http, db, feed, clock, log, accounts, limits, takeTurn } = options
  const now = (): number => clock.now()
  const indexer = createIndexer({ db, clock, log, takeTurn })
  const writer = createWriter(feed, indexer)
  const requireReach = createReach(options.refusalOf)
  const said = { db, feed, now, messages: limits.messages, requireReach }
  const chat = createChatService({ ...said, writer, takeTurn })
  const changes = createChanges(said)
  const readers = createReaders({ db })
  const settings = createSettings({ db, feed, now })
  const groups = createGroupService({ ...options, writer, now, acts: limits.groupActs })
  const search = createSearch({ db, takeTurn, searches: limits.messageSearches })
  addChatRoutes(http, { chat, search, requireSession: accounts.requireSession, takeTurn })
  return {
    openPrivate,
    append: writer.append,
    announce: ({ deliveries }) => {
      feed.announce(deliveries)
    },
    async appendMessage(draft) {
      const { message, deliveries } = await writer.append(db, draft)
      feed.announce(deliveries)
      return message
    },
    async requireMember(id, userId) {
      if (!(await isMember(db, id, userId))) throw new AppError('request/not-found')
    },
    async othersIn(id, userId) {
      const { members } = await findAudience(db, id)
      return members.map((member) => member.id).filter((other) => other !== userId)
    },
    reached: chat.reached,
    stop: () => indexer.stop(),
    handlers: {
      'chat.send': ({ userId }, body) => chat.send(userId, body),
      'chat.edit': ({ userId }, body) => changes.edit(userId, body),
      'chat.recall': ({ userId }, body) => changes.recall(userId, body),
      'chat.react': ({ userId }, body) => changes.react(userId, body),
      'chat.delete': ({ userId }, body) => changes.remove(userId, body),
      'chat.readers': ({ userId }, body) => readers(userId, body),
      'chat.settings': ({ userId }, body) => settings(userId, body),
      'group.create': ({ userId }, body) => groups.create(userId, body),
      'group.add': ({ userId }, body) => groups.add(userId, body),
      'group.leave': ({ userId }, body) => groups.leave(userId, body),
      'group.rename': ({ userId }, body) => groups.rename(userId, body),
      'group.announce': ({ userId }, body) => groups.announce(userId, body),
      'group.alias': ({ userId }, body) => groups.alias(userId, body),
      'group.remove': ({ userId }, body) => groups.remove(userId, body),
      'group.role': ({ userId }, body) => groups.role(userId, body),
      'group.dissolve': ({ userId }, body) => groups.dissolve(userId, body),
    },
  }
}

/** What the feed needs to know of messages. */
export const feedMessages: FeedMessages = { find: findMessages, findQuotes }
