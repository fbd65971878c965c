import * as v from 'valibot'
import { CallId, ConversationId, UserId, Uuid, UuidV7 } from '../ids.ts'
import { TEXT_MAX_CHARS } from '../limits.ts'
import { UserView } from './accounts.ts'
import { CallKind, RecordedOutcome } from './calls.ts'
import { PlainText } from './text.ts'

/** The record of a call [CA13]; `sender` of its message is the caller. */
export const CallRecord = v.object({
  kind: v.literal('call'),
  callId: CallId,
  callKind: CallKind,
  outcome: RecordedOutcome,
  /** Talking time in ms, by the server's clock; 0 when never answered. */
  durationMs: v.number(),
})
export type CallRecord = v.InferOutput<typeof CallRecord>

export const TextBody = v.object({
  kind: v.literal('text'),
  text: v.pipe(PlainText, v.minLength(1), v.maxLength(TEXT_MAX_CHARS)),
})

export const MessageBody = v.variant('kind', [CallRecord, TextBody])
export type MessageBody = v.InferOutput<typeof MessageBody>

export const MessageView = v.object({
  id: Uuid,
  conversationId: ConversationId,
  /** 1, 2, 3 … without gaps in its conversation; the only order there is. */
  seq: v.pipe(v.number(), v.integer(), v.minValue(1)),
  senderId: UserId,
  body: MessageBody,
  /** ms UTC, the server's clock. */
  createdAt: v.number(),
})
export type MessageView = v.InferOutput<typeof MessageView>

export const ConversationView = v.object({
  id: ConversationId,
  peer: UserView,
  lastMessage: v.nullable(MessageView),
  lastSeq: v.number(),
  /** Up to which seq I have read. */
  readSeq: v.number(),
  /** Messages after `readSeq` that ask for my attention. */
  unread: v.number(),
  /** Up to which seq the other one has got and read it [CH6]. */
  peerReceivedSeq: v.number(),
  peerReadSeq: v.number(),
})
export type ConversationView = v.InferOutput<typeof ConversationView>

/** GET /api/conversations, newest first; only those with a message. */
export const ConversationList = v.object({ conversations: v.array(ConversationView) })

/** GET /api/conversations/:id/messages?before=seq : up to 50, ascending by seq. */
export const HistoryQuery = v.object({
  before: v.exactOptional(
    v.pipe(v.string(), v.regex(/^\d{1,15}$/), v.transform(Number), v.minValue(1)),
  ),
})
export const MessagePage = v.object({ messages: v.array(MessageView), hasMore: v.boolean() })
export type MessagePage = v.InferOutput<typeof MessagePage>

/** POST /api/conversations/:id/read. The read position never goes back. */
export const ReadBody = v.object({ seq: v.pipe(v.number(), v.integer(), v.minValue(0)) })

/** Text that somebody writes: there must be something to see in it. */
export const WrittenText = v.pipe(PlainText, v.maxLength(TEXT_MAX_CHARS), v.regex(/\S/))

/** A message of the client's, under an id that the client has minted [CH1]. */
export const chatRequests = {
  'chat.send': {
    body: v.object({ id: UuidV7, conversationId: ConversationId, text: WrittenText }),
    reply: v.object({ message: MessageView }),
  },
} as const
