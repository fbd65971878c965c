import type { Generated } from 'kysely'
import type { MessageBody } from '#shared/protocol/chat.ts'
import type { GroupRole } from '#shared/protocol/groups.ts'

/**
 * The tables as TypeScript sees them. Portable between SQLite and PostgreSQL: ids are text, times are
 * integers in ms UTC, booleans are 0 or 1, structured bodies are JSON text.
 */
export interface Schema {
  users: UsersTable
  preferences: PreferencesTable
  sessions: SessionsTable
  contacts: ContactsTable
  contact_requests: ContactRequestsTable
  conversations: ConversationsTable
  members: MembersTable
  group_pasts: GroupPastsTable
  messages: MessagesTable
  message_pasts: MessagePastsTable
  mentions: MentionsTable
  message_terms: MessageTermsTable
  reactions: ReactionsTable
  message_deletions: MessageDeletionsTable
  calls: CallsTable
  feed_heads: FeedHeadsTable
  feed: FeedTable
  shared_entries: SharedEntriesTable
  heartbeat: HeartbeatTable
}

/** One row, written to see whether something can be written. */
interface HeartbeatTable {
  id: number
  /** ms UTC */
  at: number
}

interface UsersTable {
  id: string
  mobile: string
  nickname: string
  /** PHC string of argon2id. */
  password_hash: string
  created_at: number
  /** ms UTC; null: never, or just now for the first time. */
  last_seen_at: number | null
}

/** What users let others know; who has no row shows everything. */
interface PreferencesTable {
  user_id: string
  shows_typing: 0 | 1
  shows_presence: 0 | 1
  shows_reading: 0 | 1
}

interface SessionsTable {
  id: string
  user_id: string
  /** SHA-256 of the token in hex; the token itself is only in the cookie. */
  token_hash: string
  created_at: number
  /** When the idle time was last counted anew. */
  renewed_at: number
  expires_at: number
  /** The browser's own word for itself, cut. */
  agent: Generated<string>
}

/** Two directed rows for each pair. */
interface ContactsTable {
  user_id: string
  contact_id: string
  conversation_id: string
  created_at: number
  /** 1: `user_id` wants to hear nothing of `contact_id`. */
  blocked: Generated<0 | 1>
}

/** One row for each direction; asking again refreshes it. */
interface ContactRequestsTable {
  id: string
  from_id: string
  to_id: string
  greeting: string
  status: 'pending' | 'accepted' | 'ignored'
  created_at: number
}

interface ConversationsTable {
  id: string
  kind: 'private' | 'group'
  /** Both user ids in order, so that a pair has one conversation; of a group its own id. */
  pair_key: string
  /** Of a group; empty: it is called by its members. */
  name: Generated<string>
  /** JSON of `Announcement` of a group; null: there is none. */
  announcement: string | null
  last_seq: number
  /** Up to here its messages are in the index; it is written after them. */
  indexed_seq: Generated<number>
  created_at: number
}

interface MembersTable {
  conversation_id: string
  user_id: string
  read_seq: number
  /** Up to which seq a device of theirs has got the messages. */
  received_seq: Generated<number>
  muted: Generated<0 | 1>
  /** ms UTC; null: not pinned. */
  pinned_at: number | null
  hidden: Generated<0 | 1>
  marked_unread: Generated<0 | 1>
  /** What is not later was deleted by them. */
  cleared_seq: Generated<number>
  /** In a group; who is `gone` reads up to `left_seq`. */
  role: Generated<GroupRole>
  /** What they want to be called in it; empty: as everywhere. */
  alias: Generated<string>
  joined_at: Generated<number>
  left_seq: number | null
}

/** How a group was when people left it. */
interface GroupPastsTable {
  conversation_id: string
  /** The `left_seq` of those who left at once. */
  left_seq: number
  /** JSON of `GroupView`. */
  view: string
}

/** A message as it was before a change, for people who had left the group by then. */
interface MessagePastsTable {
  message_id: string
  /** The newest message of its conversation when it was changed. */
  until_seq: number
  conversation_id: string
  /** JSON of its body, rev, edit and reactions. */
  state: string
}

/** One row for each user to whom something has happened. */
interface FeedHeadsTable {
  user_id: string
  /** The last one that was given. */
  pos: number
  /** The last one that some device has acknowledged. */
  acked_pos: number
}

interface FeedTable {
  user_id: string
  pos: number
  created_at: number
  /** The message of an entry of that kind. */
  message_id: string | null
  /** JSON of `FeedEntry`, without its message; or the name of a shared one. */
  entry: string
}

interface SharedEntriesTable {
  id: string
  created_at: number
  /** As in a feed. */
  entry: string
}

interface MessagesTable {
  id: string
  conversation_id: string
  seq: number
  sender_id: string
  kind: Exclude<MessageBody['kind'], 'deleted'>
  /** JSON of `MessageBody`. */
  body: string
  /** 1 when it counts as unread for everyone but its sender. */
  attention: 0 | 1
  created_at: number
  edited_at: number | null
  recalled_at: number | null
  /** How often it has changed. */
  rev: Generated<number>
  /** The message that it answers. */
  reply_to: string | null
}

/** Whom messages mention. */
interface MentionsTable {
  conversation_id: string
  /** `all`: everybody in the group. */
  user_id: string
  seq: number
}

/** Under what texts are found. */
interface MessageTermsTable {
  conversation_id: string
  term: string
  seq: number
}

interface ReactionsTable {
  message_id: string
  user_id: string
  emoji: string
  created_at: number
}

/** Who has deleted a message for themselves. */
interface MessageDeletionsTable {
  message_id: string
  user_id: string
}

export interface CallsTable {
  id: string
  kind: 'audio' | 'video'
  caller_id: string
  callee_id: string
  invited_at: number
  accepted_at: number | null
  closed_at: number | null
  outcome: 'completed' | 'rejected' | 'cancelled' | 'unanswered' | 'busy' | 'failed' | null
  duration_ms: number
  /** Which legs sit in the call, for a restarted server; null before there is one. */
  caller_leg: string | null
  caller_device: string | null
  /** SHA-256 in hex of the secret with which a reloaded page takes the place of its leg. */
  caller_secret: string | null
  callee_leg: string | null
  callee_device: string | null
  callee_secret: string | null
}
