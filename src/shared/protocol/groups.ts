import * as v from 'valibot'
import { ConversationId, UserId, UuidV7 } from '../ids.ts'
import {
  ANNOUNCEMENT_MAX_CHARS,
  GROUP_MAX_MEMBERS,
  GROUP_NAME_MAX_CHARS,
  NICKNAME_MAX_CHARS,
} from '../limits.ts'
import { GivenName, OptionalText, ShownName, ShownTitle } from './text.ts'

/** `gone`: has left, or was taken out. What they said keeps its name. */
export const GroupRole = v.picklist(['owner', 'admin', 'member', 'gone'])
export type GroupRole = v.InferOutput<typeof GroupRole>

export const GroupMember = v.object({
  id: UserId,
  nickname: ShownName,
  role: GroupRole,
  /** What they want to be called in this group; empty: as everywhere. */
  alias: v.optional(ShownTitle, ''),
})
export type GroupMember = v.InferOutput<typeof GroupMember>

/** What everybody in a group shall know, until there is another. */
export const Announcement = v.object({
  text: v.string(),
  byId: UserId,
  /** ms UTC */
  at: v.number(),
})
export type Announcement = v.InferOutput<typeof Announcement>

/** What is to be known of a group, with everybody who was ever in it, the first ones first. */
export const GroupView = v.object({
  /** Empty: it is called by its members. */
  name: ShownTitle,
  members: v.array(GroupMember),
  announcement: v.optional(v.nullable(Announcement), null),
})
export type GroupView = v.InferOutput<typeof GroupView>

/** What happened to a group, said in the place of a message; the sender did it. */
export const SystemBody = v.object({
  kind: v.literal('tip'),
  tip: v.picklist([
    'created',
    'added',
    'left',
    'removed',
    'renamed',
    'announced',
    'handedOver',
    'promoted',
    'demoted',
    'dissolved',
  ]),
  /** To whom it happened. */
  userIds: v.array(UserId),
  /** The new name, or what was announced; empty where there is no such thing. */
  text: v.string(),
})
export type SystemBody = v.InferOutput<typeof SystemBody>

/** Can be said again: what is so already changes nothing. */
export const GroupChange = v.object({
  name: v.exactOptional(ShownTitle),
  /** Members as they are now; the others stay. */
  members: v.exactOptional(v.array(GroupMember)),
  announcement: v.exactOptional(v.nullable(Announcement)),
  /** Nobody is in it any more. */
  isDissolved: v.exactOptional(v.literal(true)),
})
export type GroupChange = v.InferOutput<typeof GroupChange>

/** Empty: it is called by its members. */
export const GroupName = v.pipe(GivenName, v.maxLength(GROUP_NAME_MAX_CHARS))

/** Empty: as everywhere. */
export const GroupAlias = v.pipe(GivenName, v.maxLength(NICKNAME_MAX_CHARS))

const UserIds = v.pipe(v.array(UserId), v.minLength(1), v.maxLength(GROUP_MAX_MEMBERS - 1))

export const groupRequests = {
  /** Begin a group with contacts, under an id that the client has minted. */
  'group.create': {
    body: v.object({ id: UuidV7, name: GroupName, userIds: UserIds }),
    reply: v.object({}),
  },
  /** Bring contacts into a group of mine. */
  'group.add': {
    body: v.object({ conversationId: ConversationId, userIds: UserIds }),
    reply: v.object({}),
  },
  'group.leave': { body: v.object({ conversationId: ConversationId }), reply: v.object({}) },
  /** For its owner and admins. */
  'group.rename': {
    body: v.object({ conversationId: ConversationId, name: GroupName }),
    reply: v.object({}),
  },
  /** For its owner and admins; empty: there is none any more. */
  'group.announce': {
    body: v.object({
      conversationId: ConversationId,
      text: v.pipe(OptionalText, v.maxLength(ANNOUNCEMENT_MAX_CHARS)),
    }),
    reply: v.object({}),
  },
  /** What I want to be called in it. */
  'group.alias': {
    body: v.object({ conversationId: ConversationId, alias: GroupAlias }),
    reply: v.object({}),
  },
  /** Take people out: the owner whom they like, an admin those who are no more than members. */
  'group.remove': {
    body: v.object({ conversationId: ConversationId, userIds: UserIds }),
    reply: v.object({}),
  },
  /** For its owner: make somebody an admin, or that no more; who makes an owner is an admin then. */
  'group.role': {
    body: v.object({
      conversationId: ConversationId,
      userId: UserId,
      role: v.picklist(['owner', 'admin', 'member']),
    }),
    reply: v.object({}),
  },
  /** For its owner: nobody is in it any more, and everybody keeps what was said. */
  'group.dissolve': { body: v.object({ conversationId: ConversationId }), reply: v.object({}) },
} as const
