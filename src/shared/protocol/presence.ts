import * as v from 'valibot'
import { ConversationId, UserId } from '../ids.ts'

/** What a user lets others know, and gets to know of others in return. */
export const Preferences = v.object({
  /** That one is writing. */
  showsTyping: v.boolean(),
  /** That one is here, and when one was last. */
  showsPresence: v.boolean(),
  /** How far one has read. */
  showsReading: v.boolean(),
})
export type Preferences = v.InferOutput<typeof Preferences>

/** Whether somebody is here, and since when not. */
export const PresenceView = v.object({
  userId: UserId,
  isOnline: v.boolean(),
  /** ms UTC; null: they are here, have never been, or do not tell. */
  lastSeenAt: v.nullable(v.number()),
})
export type PresenceView = v.InferOutput<typeof PresenceView>

export const presenceRequests = {
  /** Those of my contacts who tell. Nobody, when I do not tell either. */
  'presence.get': { body: v.object({}), reply: v.object({ users: v.array(PresenceView) }) },
  /** I am writing in a conversation; said again while it is so. */
  'presence.typing': { body: v.object({ conversationId: ConversationId }), reply: v.object({}) },
  /** Let others know more or less; what is left out stays. */
  'presence.prefer': {
    body: v.object({
      showsTyping: v.exactOptional(v.boolean()),
      showsPresence: v.exactOptional(v.boolean()),
      showsReading: v.exactOptional(v.boolean()),
    }),
    reply: v.object({ preferences: Preferences }),
  },
} as const

export const presencePushes = {
  'presence.user': PresenceView,
  'presence.typing': v.object({ conversationId: ConversationId, userId: UserId }),
} as const
