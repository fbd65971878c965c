import * as v from 'valibot'
import { ConversationId } from '../ids.ts'
import { UserView } from './accounts.ts'
import { ConversationSettings, MessageView, Quote } from './chat.ts'
import { GroupChange, GroupView } from './groups.ts'
import { ContactRequestView, ContactView } from './contacts.ts'
import { Preferences } from './presence.ts'

const Count = v.pipe(v.number(), v.integer(), v.minValue(0), v.maxValue(Number.MAX_SAFE_INTEGER))

/**
 * What happened to a user and lasts: everything that their devices must agree on. Applied in order,
 * and again, it leads to the same state.
 */
export const FeedEntry = v.variant('kind', [
  /** A message of a conversation of mine; `peer` is the other one in it, null in a group. */
  v.object({ kind: v.literal('message'), message: MessageView, peer: v.nullable(UserView) }),
  /** I am in a group now; what was said up to `clearedSeq` is not for me. */
  v.object({
    kind: v.literal('group'),
    conversationId: ConversationId,
    group: GroupView,
    clearedSeq: Count,
  }),
  /** A group that I am or was in has changed. */
  v.object({
    kind: v.literal('groupChanged'),
    conversationId: ConversationId,
    change: GroupChange,
  }),
  /**
   * A message has changed: what it is now. Where that changes what is unread, `unread` says how many
   * are after `readSeq`, of all up to `lastSeq`.
   */
  v.object({
    kind: v.literal('changed'),
    message: MessageView,
    unread: v.exactOptional(v.object({ readSeq: Count, lastSeq: Count, count: Count })),
  }),
  /** A message that I can't read has changed, and is quoted by one that I can: the quote as it is now. */
  v.object({ kind: v.literal('quoted'), conversationId: ConversationId, quote: Quote }),
  /** How far I have read, and what was unread after that, of all up to `lastSeq`; older entries don't say it. */
  v.object({
    kind: v.literal('read'),
    conversationId: ConversationId,
    readSeq: Count,
    lastSeq: v.exactOptional(Count),
    unread: Count,
  }),
  /** How far the other one has got and read the messages of a conversation [CH6]. */
  v.object({
    kind: v.literal('receipt'),
    conversationId: ConversationId,
    receivedSeq: Count,
    readSeq: Count,
  }),
  /** How I have a conversation now. */
  v.object({
    kind: v.literal('settings'),
    conversationId: ConversationId,
    settings: ConversationSettings,
  }),
  /** Somebody is a contact of mine. */
  v.object({ kind: v.literal('contact'), contact: ContactView }),
  /** What I let others know. */
  v.object({ kind: v.literal('preferences'), preferences: Preferences }),
  /** A contact request as it now is. */
  v.object({ kind: v.literal('request'), request: ContactRequestView }),
])
export type FeedEntry = v.InferOutput<typeof FeedEntry>

export const FeedItem = v.object({
  /** 1, 2, 3 … without gaps for each user. */
  pos: v.pipe(Count, v.minValue(1)),
  entry: FeedEntry,
})
export type FeedItem = v.InferOutput<typeof FeedItem>

/** What comes after a pos; `reset`: load the lists anew and go on from `pos` [CH5]. */
export const FeedPage = v.variant('status', [
  v.object({ status: v.literal('items'), items: v.array(FeedItem), hasMore: v.boolean() }),
  v.object({ status: v.literal('reset'), pos: Count }),
])
export type FeedPage = v.InferOutput<typeof FeedPage>

/** `after` is the last pos that the client has; null when it has none. It also acknowledges it. */
export const feedRequests = {
  'feed.get': { body: v.object({ after: v.nullable(Count) }), reply: FeedPage },
} as const

export const feedPushes = { 'feed.item': FeedItem } as const
