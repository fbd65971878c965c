import type { FastifyInstance } from 'fastify'
import type { MessageView } from '#shared/protocol/chat.ts'
import type { Bus } from '#server/platform/bus/bus.ts'
import type { Database } from '#server/platform/database/database.ts'
import type { FrameHandlers } from '#server/platform/gateway/handlers.ts'
import type { Limits } from '#server/platform/limits/limits.ts'
import type { Accounts } from '#server/accounts/index.ts'
import { createChatService, type ChatService, type Draft } from './chatService.ts'
import { addChatRoutes } from './routes.ts'

export type { Appended, Draft } from './chatService.ts'

/** The frames that this room answers. */
export type ChatHandlers = Pick<FrameHandlers, Extract<keyof FrameHandlers, `chat.${string}`>>

/** What other rooms may ask of the chat. */
export interface Chat extends Pick<ChatService, 'openPrivate' | 'append' | 'announce'> {
  /** Write a message, and tell both users' tabs of it. @throws AppError `request/conflict` */
  appendMessage(draft: Draft): Promise<MessageView>
  readonly handlers: ChatHandlers
}

export interface ChatOptions {
  http: FastifyInstance
  db: Database
  bus: Bus
  now: () => number
  accounts: Accounts
  limits: Limits
}

/** Build the room and put its routes on. */
export function createChat(options: ChatOptions): Chat {
  const { http, db, accounts, limits } = options
  const chat = createChatService({ ...options, messages: limits.messages })
  addChatRoutes(http, { chat, requireSession: accounts.requireSession })
  return {
    openPrivate: chat.openPrivate,
    append: chat.append,
    announce: chat.announce,
    handlers: { 'chat.send': ({ userId }, body) => chat.send(userId, body) },
    async appendMessage(draft) {
      const appended = await chat.append(db, draft)
      await chat.announce(appended, draft.between)
      return appended.message
    },
  }
}
