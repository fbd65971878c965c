import { uuidv7 } from 'uuidv7'
import { AppError } from '#shared/errors.ts'
import type { ConversationId, UserId } from '#shared/ids.ts'
import type { MessageBody, MessageView } from '#shared/protocol/chat.ts'
import type { FeedEntry } from '#shared/protocol/feed.ts'
import { inTransaction, type Database } from '#server/platform/database/database.ts'
import { asksAttention } from '#shared/rules/attention.ts'
import {
  findPrivate,
  insertPrivate,
  lockConversations,
  takeSeq,
  type Pair,
} from '../conversations/conversationRepository.ts'
import { findAudience, type Audience } from '../conversations/memberRepository.ts'
import type { Feed, FeedDelivery, FeedDraft } from '#server/feed/index.ts'
import { insertMentions } from '../conversations/mentionRepository.ts'
import { findMessage, insertMessage } from '../messages/messageRepository.ts'
import type { Indexer } from '../search/indexer.ts'
import { revealed } from '../conversations/settings.ts'

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
  /** What its members' tabs are to be told; nothing when it was there already. */
  deliveries: readonly FeedDelivery[]
}

/** Who says something where; the same under the same id. */
type Said = Pick<MessageView, 'id' | 'conversationId' | 'senderId'>

/** Puts messages where they belong, in a transaction of the caller's. */
export interface Writer {
  /**
   * Write a message into the conversation of two; `announce` its deliveries when that has committed.
   * @throws AppError `request/conflict` when another message has the id
   */
  append: (trx: Database, draft: Draft) => Promise<Appended>
  /**
   * What was written under an id before, or null.
   * @throws AppError `request/conflict` when it is another message
   */
  findWritten: (trx: Database, said: Said) => Promise<MessageView | null>
  /** Write one that is new into a conversation that is known and held, with who hears it. */
  write: (trx: Database, written: Omit<MessageView, 'seq'>, audience: Audience) => Promise<Appended>
}

export function createWriter(feed: Feed, indexer: Pick<Indexer, 'said'>): Writer {
  const write: Writer['write'] = async (trx, written, audience) => {
    const { conversationId } = written
    const message = { ...written, seq: await takeSeq(trx, conversationId) }
    await insertMessage(trx, { ...message, asksAttention: asksAttention(message.body) })
    if (message.body.kind === 'text') {
      await insertMentions(trx, message, message.body.mentions ?? [])
      indexer.said(conversationId)
    }
    const drafts = [...draftsOf(message, audience), ...(await revealed(trx, conversationId))]
    return { message, deliveries: await feed.record(trx, drafts) }
  }

  const findWritten: Writer['findWritten'] = async (trx, { id, conversationId, senderId }) => {
    const found = await findMessage(trx, id)
    if (found === null) return null
    const isSame = found.conversationId === conversationId && found.senderId === senderId
    if (!isSame) throw new AppError('request/conflict', { field: 'id' })
    return found
  }

  return {
    write,
    findWritten,
    append(db, draft) {
      const { between, id = uuidv7(), ...rest } = { ...draft, rev: 0 }
      return inTransaction(db, async (trx) => {
        const conversationId = await openPrivate(trx, between, draft.createdAt)
        await lockConversations(trx, [conversationId])
        const written = { ...rest, id, conversationId }
        const found = await findWritten(trx, written)
        if (found !== null) return { message: found, deliveries: [] }
        return write(trx, written, await findAudience(trx, conversationId))
      })
    },
  }
}

/**
 * Of two each learns of it with the other one's name: they may not have heard of the conversation. Who
 * is in a group knows that.
 */
function draftsOf(message: MessageView, { isGroup, members }: Audience): FeedDraft[] {
  if (isGroup) {
    const entry: FeedEntry = { kind: 'message', message, peer: null }
    return members.map(({ id: userId }) => ({ userId, entry }))
  }
  return members.flatMap(({ id: userId }) => {
    const peer = members.find(({ id }) => id !== userId)
    return peer === undefined ? [] : { userId, entry: { kind: 'message', message, peer } }
  })
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
