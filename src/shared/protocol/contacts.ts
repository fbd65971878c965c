import * as v from 'valibot'
import { ConversationId, UserId, Uuid } from '../ids.ts'
import { GREETING_MAX_CHARS } from '../limits.ts'
import { Mobile, UserView } from './accounts.ts'
import { OptionalText, ShownName } from './text.ts'

/** One contact. GET /api/contacts answers `{ contacts: ContactView[] }`. */
export const ContactView = v.object({
  id: UserId,
  nickname: ShownName,
  mobile: v.string(),
  /** Syllables in lower case, parted by spaces: `an ran`. For sections, order and search. */
  pinyin: v.string(),
  /** The private conversation with this contact; it exists as long as the contact does. */
  conversationId: ConversationId,
  /** Who has this contact wants to hear nothing of them [S17]; what was kept from before has none. */
  isBlocked: v.optional(v.boolean(), false),
})
export type ContactView = v.InferOutput<typeof ContactView>

export const ContactList = v.object({ contacts: v.array(ContactView) })

export const Relation = v.picklist(['self', 'contact', 'requested', 'received', 'stranger'])
export type Relation = v.InferOutput<typeof Relation>

/** GET /api/users?mobile=… : a stranger found by exact number. */
export const FindUserQuery = v.object({ mobile: Mobile })
export const FoundUser = v.object({ user: UserView, relation: Relation })
export type FoundUser = v.InferOutput<typeof FoundUser>

/** POST /api/contacts/:id/block answers the `ContactView`. */
export const BlockContactBody = v.object({ isBlocked: v.boolean() })

/** POST /api/contact-requests. */
export const RequestContactBody = v.object({
  userId: UserId,
  greeting: v.pipe(OptionalText, v.trim(), v.maxLength(GREETING_MAX_CHARS)),
})
export type RequestContactBody = v.InferOutput<typeof RequestContactBody>

/** `expired`: three days without an answer. `ignored` is shown to who ignored, never to who asked. */
export const ContactRequestStatus = v.picklist(['pending', 'accepted', 'ignored', 'expired'])

export const ContactRequestView = v.object({
  id: Uuid,
  direction: v.picklist(['sent', 'received']),
  user: UserView,
  greeting: v.string(),
  status: ContactRequestStatus,
  /** ms UTC */
  createdAt: v.number(),
})
export type ContactRequestView = v.InferOutput<typeof ContactRequestView>

/** GET /api/contact-requests, newest first. */
export const ContactRequestList = v.object({ requests: v.array(ContactRequestView) })
