import { uuidv7 } from 'uuidv7'
import { AppError } from '#shared/errors.ts'
import type { ConversationId, UserId } from '#shared/ids.ts'
import { HISTORY_PAGE } from '#shared/limits.ts'
import type {
  ConversationView,
  MessageBody,
  MessagePage,
  MessageView,
} from '#shared/protocol/chat.ts'
import type { RequestBody, RequestReply } from '#shared/protocol/envelope.ts'
import type { Bus } from '#server/platform/bus/bus.ts'
import { inTransaction, type Database } from '#server/platform/database/database.ts'
import type { Limiter } from '#server/platform/limits/limiter.ts'
import { asksAttention } from './attention.ts'
import {
  advanceRead,
  findMembers,
  findPrivate,
  insertPrivate,
  isMember,
  takeSeq,
  type Pair,
} from './conversationRepository.ts'
import { findConversation, listConversations } from './conversationViews.ts'
import { findMessage, findPage, insertMessage } from './messageRepository.ts'

/** A message for the private conversation of two people. */
export interface Draft {
  between: Pair
  senderId: UserId
  body: MessageBody
  /** Sent again under the same id it is the same message; made up when left out. */
  id?: string
  /** ms UTC */
  createdAt: number
}

export interface Appended {
  message: MessageView
  /** False when the message was there already. */
  isNew: boolean
}

/** Somebody's read position, for all of their tabs. */
export interface ReadPosition {
  conversationId: ConversationId
  readSeq: number
  unread: number
}

export interface ChatService {
  /**
   * Write a message of a user's. Answered when it is on disk [CH2], under the same id always alike [CH1].
   * @throws AppError `request/not-found` (not a member [CH4]), `request/conflict` (somebody else's
   *   id), `request/rate-limited`
   */
  send(userId: UserId, sent: RequestBody<'chat.send'>): Promise<RequestReply<'chat.send'>>
  list(userId: UserId): Promise<ConversationView[]>
  /** @throws AppError `request/not-found`, alike for somebody else's and for none */
  page(userId: UserId, id: ConversationId, before: number | null): Promise<MessagePage>
  /** @throws AppError `request/not-found`, alike for somebody else's and for none */
  read(userId: UserId, id: ConversationId, seq: number): Promise<ReadPosition>
  /** The private conversation of a pair, made if there is none. */
  openPrivate: (trx: Database, pair: Pair, createdAt: number) => Promise<ConversationId>
  /**
   * Write a message in a transaction of the caller's; `announce` it when that has committed.
   * @throws AppError `request/conflict` when another message has the id
   */
  append: (trx: Database, draft: Draft) => Promise<Appended>
  /** Tell both users' tabs of a new message. */
  announce: (appended: Appended, members: readonly UserId[]) => Promise<void>
}

export interface ChatServiceOptions {
  db: Database
  bus: Bus
  now: () => number
  /** How much a user may write. */
  messages: Limiter
}

/** Conversations and their messages. */
export function createChatService(options: ChatServiceOptions): ChatService {
  const { db, bus, now, messages } = options

  async function conversationOf(userId: UserId, id: ConversationId): Promise<ConversationView> {
    const view = await findConversation(db, id, userId)
    if (view === null) throw new AppError('request/not-found')
    return view
  }

  async function announce({ message, isNew }: Appended, members: readonly UserId[]): Promise<void> {
    if (!isNew) return
    for (const userId of members) {
      const conversation = await findConversation(db, message.conversationId, userId)
      if (conversation === null) continue
      bus.publish(userId, { type: 'chat.message', body: { message, conversation } })
    }
  }

  return {
    async send(senderId, { id, conversationId, text }) {
      // Said again, it is answered and not counted: the client can't know whether it was heard.
      if ((await findMessage(db, id)) === null) await messages.take(senderId)
      const body = { kind: 'text' as const, text }
      const [appended, members] = await inTransaction(db, async (trx) => {
        const everybody = await findMembers(trx, conversationId)
        if (!everybody.includes(senderId)) throw new AppError('request/not-found')
        const written = { id, conversationId, senderId, body, createdAt: now() }
        return [await write(trx, written), everybody] as const
      })
      await announce(appended, members)
      return { message: appended.message }
    },

    list: (userId) => listConversations(db, userId),

    async page(userId, id, before) {
      if (!(await isMember(db, id, userId))) throw new AppError('request/not-found')
      // One more than a page tells whether there is more.
      const found = await findPage(db, { id, before, count: HISTORY_PAGE + 1 })
      const hasMore = found.length > HISTORY_PAGE
      return { messages: hasMore ? found.slice(1) : found, hasMore }
    },

    async read(userId, id, seq) {
      await advanceRead(db, { id, userId, seq })
      const { readSeq, unread } = await conversationOf(userId, id)
      const position = { conversationId: id, readSeq, unread }
      bus.publish(userId, { type: 'chat.read', body: position })
      return position
    },

    openPrivate,
    append,
    announce,
  }
}

/** The private conversation of a pair, made if there is none. */
export async function openPrivate(
  trx: Database,
  pair: Pair,
  createdAt: number,
): Promise<ConversationId> {
  const found = await findPrivate(trx, pair)
  if (found !== null) return found
  const id = uuidv7()
  await insertPrivate(trx, { id, pair, createdAt })
  return id
}

function append(db: Database, draft: Draft): Promise<Appended> {
  const { between, id = uuidv7(), ...rest } = draft
  return inTransaction(db, async (trx) => {
    const conversationId = await openPrivate(trx, between, draft.createdAt)
    return write(trx, { ...rest, id, conversationId })
  })
}

/** Write a message at the end of its conversation, unless it is there. */
async function write(trx: Database, written: Omit<MessageView, 'seq'>): Promise<Appended> {
  const { id, conversationId, senderId } = written
  const found = await findMessage(trx, id)
  if (found !== null) {
    const isSame = found.conversationId === conversationId && found.senderId === senderId
    if (!isSame) throw new AppError('request/conflict', { field: 'id' })
    return { message: found, isNew: false }
  }
  const message = { ...written, seq: await takeSeq(trx, conversationId) }
  await insertMessage(trx, { ...message, asksAttention: asksAttention(message.body) })
  return { message, isNew: true }
}
