import * as v from 'valibot'
import { ConversationId, UserId, UuidV7 } from '../ids.ts'
import { GROUP_MAX_MEMBERS, GROUP_NAME_MAX_CHARS } from '../limits.ts'
import { PlainText } from './text.ts'

/** `gone`: has left, or was taken out. What they said keeps its name. */
export const GroupRole = v.picklist(['owner', 'member', 'gone'])
export type GroupRole = v.InferOutput<typeof GroupRole>

export const GroupMember = v.object({ id: UserId, nickname: v.string(), role: GroupRole })
export type GroupMember = v.InferOutput<typeof GroupMember>

/** What is to be known of a group, with everybody who was ever in it, the first ones first. */
export const GroupView = v.object({
  /** Empty: it is called by its members. */
  name: v.string(),
  members: v.array(GroupMember),
})
export type GroupView = v.InferOutput<typeof GroupView>

/** What happened to a group, said in the place of a message; the sender did it. */
export const GroupTip = v.object({
  kind: v.literal('tip'),
  tip: v.picklist(['created', 'added', 'left', 'renamed']),
  /** To whom it happened. */
  userIds: v.array(UserId),
  /** The new name; empty where it has nothing to do with it. */
  text: v.string(),
})
export type GroupTip = v.InferOutput<typeof GroupTip>

/** Can be said again: what is so already changes nothing. */
export const GroupChange = v.object({
  name: v.exactOptional(v.string()),
  /** Members as they are now; the others stay. */
  members: v.exactOptional(v.array(GroupMember)),
})
export type GroupChange = v.InferOutput<typeof GroupChange>

/** One line, without what can't be seen. */
export const GroupName = v.pipe(
  PlainText,
  v.trim(),
  v.maxLength(GROUP_NAME_MAX_CHARS),
  v.regex(/^\P{Cc}*$/u),
)

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
  'group.rename': {
    body: v.object({ conversationId: ConversationId, name: GroupName }),
    reply: v.object({}),
  },
} as const
