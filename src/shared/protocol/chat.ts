import * as v from 'valibot'
import { CallId, ConversationId, UserId, Uuid, UuidV7 } from '../ids.ts'
import { DELETE_MAX_MESSAGES, MENTIONS_MAX, TEXT_MAX_CHARS } from '../limits.ts'
import { UserView } from './accounts.ts'
import { CallKind, RecordedOutcome } from './calls.ts'
import { SystemBody, GroupView } from './groups.ts'
import { isVisible } from '../visible.ts'
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

/** Somebody whom a message mentions, or everybody in its group. */
export const Mention = v.union([v.literal('all'), UserId])
export type Mention = v.InferOutput<typeof Mention>

const Mentions = v.pipe(v.array(Mention), v.minLength(1), v.maxLength(MENTIONS_MAX))

export const TextBody = v.object({
  kind: v.literal('text'),
  text: v.pipe(PlainText, v.minLength(1), v.maxLength(TEXT_MAX_CHARS)),
  mentions: v.exactOptional(Mentions),
})

/** What stands where a message was that somebody has taken back [CH8]. */
export const RecalledBody = v.object({ kind: v.literal('recalled'), byId: UserId })

/** A message that its reader has deleted for themselves: it keeps its place and shows nothing. */
export const DeletedBody = v.object({ kind: v.literal('deleted') })

export const MessageBody = v.variant('kind', [
  CallRecord,
  TextBody,
  RecalledBody,
  DeletedBody,
  SystemBody,
])
export type MessageBody = v.InferOutput<typeof MessageBody>

/** One emoji, however many code points it is made of. */
export const Emoji = v.pipe(PlainText, v.maxLength(32), v.regex(/^\p{RGI_Emoji}$/v))

/** Who has answered a message with this emoji, the first one first. */
export const Reaction = v.object({ emoji: v.string(), userIds: v.array(UserId) })
export type Reaction = v.InferOutput<typeof Reaction>

const Seq = v.pipe(v.number(), v.integer(), v.minValue(1))

/** The message that another one answers, as it was at its `rev`; a long text is cut. */
export const Quote = v.object({
  id: Uuid,
  seq: Seq,
  senderId: UserId,
  body: MessageBody,
  /** How often it had changed: of two quotes of it the one with more is the newer. */
  rev: v.optional(v.number(), 0),
})
export type Quote = v.InferOutput<typeof Quote>

export const MessageView = v.object({
  id: Uuid,
  conversationId: ConversationId,
  /** 1, 2, 3 … without gaps in its conversation; the only order there is. */
  seq: Seq,
  senderId: UserId,
  body: MessageBody,
  /** ms UTC, the server's clock. */
  createdAt: v.number(),
  /** How often it has changed: of two views the one with more is the newer. */
  rev: v.optional(v.number(), 0),
  /** ms UTC; left out when its text is still the first one. */
  editedAt: v.exactOptional(v.number()),
  quote: v.exactOptional(Quote),
  reactions: v.exactOptional(v.array(Reaction)),
})
export type MessageView = v.InferOutput<typeof MessageView>

/** How one member wants to have a conversation. */
export const ConversationSettings = v.object({
  /** Its messages make no noise, and a dot instead of a number. */
  isMuted: v.boolean(),
  /** It stands above the others. */
  isPinned: v.boolean(),
  /** It is not in the list, until something new is said. */
  isHidden: v.boolean(),
  isMarkedUnread: v.boolean(),
  /** What is not later than this was deleted by this member. */
  clearedSeq: v.number(),
})
export type ConversationSettings = v.InferOutput<typeof ConversationSettings>

export const PLAIN_SETTINGS: ConversationSettings = {
  isMuted: false,
  isPinned: false,
  isHidden: false,
  isMarkedUnread: false,
  clearedSeq: 0,
}

export const ConversationView = v.object({
  id: ConversationId,
  /** The other one of two; null in a group. */
  peer: v.nullable(UserView),
  /** Null where two talk. */
  group: v.optional(v.nullable(GroupView), null),
  settings: v.optional(ConversationSettings, PLAIN_SETTINGS),
  lastMessage: v.nullable(MessageView),
  lastSeq: v.number(),
  /** Up to which seq I have read. */
  readSeq: v.number(),
  /** Messages after `readSeq` that ask for my attention. */
  unread: v.number(),
  /** Those of them that mention me, in order. */
  mentionedSeqs: v.optional(v.array(Seq), []),
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
export const WrittenText = v.pipe(PlainText, v.maxLength(TEXT_MAX_CHARS), v.check(isVisible))

/** A message of a conversation. */
const messageRef = { id: Uuid, conversationId: ConversationId }
const asItIsNow = v.object({ message: MessageView })

export const chatRequests = {
  /** A message of the client's, under an id that the client has minted [CH1]. */
  'chat.send': {
    body: v.object({
      id: UuidV7,
      conversationId: ConversationId,
      text: WrittenText,
      /** The id of the message that it answers, in the same conversation. */
      replyTo: v.exactOptional(Uuid),
      /** In a group: whom it mentions. `all` is for its owner and admins. */
      mentions: v.exactOptional(Mentions),
    }),
    reply: asItIsNow,
  },
  /** Write another text in the place of one's own [CH8]. */
  'chat.edit': { body: v.object({ ...messageRef, text: WrittenText }), reply: asItIsNow },
  /** Take a message back, for everyone [CH8]. */
  'chat.recall': { body: v.object(messageRef), reply: asItIsNow },
  /** Answer a message with an emoji, or take that back. */
  'chat.react': {
    body: v.object({ ...messageRef, emoji: Emoji, isOn: v.boolean() }),
    reply: asItIsNow,
  },
  /** Have a conversation in another way; what is left out stays. */
  'chat.settings': {
    body: v.object({
      conversationId: ConversationId,
      isMuted: v.exactOptional(v.boolean()),
      isPinned: v.exactOptional(v.boolean()),
      isHidden: v.exactOptional(v.boolean()),
      isMarkedUnread: v.exactOptional(v.boolean()),
      /** Delete for oneself what was said up to here; it never goes back. */
      clearedSeq: v.exactOptional(v.pipe(v.number(), v.integer(), v.minValue(0))),
    }),
    reply: v.object({ settings: ConversationSettings }),
  },
  /** Who of a group has read a message of one's own. Who does not let others know is in neither list. */
  'chat.readers': {
    body: v.object(messageRef),
    reply: v.object({ read: v.array(UserId), unread: v.array(UserId) }),
  },
  /** Delete messages for oneself, on all of one's devices. */
  'chat.delete': {
    body: v.object({
      conversationId: ConversationId,
      ids: v.pipe(v.array(Uuid), v.minLength(1), v.maxLength(DELETE_MAX_MESSAGES)),
    }),
    reply: v.object({}),
  },
} as const
