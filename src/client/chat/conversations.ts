import type { ConversationView } from '#shared/protocol/chat.ts'
import type { FeedEntry } from '#shared/protocol/feed.ts'
import { asksAttention } from '#shared/attention.ts'
import { newer } from './history.ts'

const timeOf = ({ lastMessage }: ConversationView): number => lastMessage?.createdAt ?? 0

/** Newest first. */
export function sorted(conversations: Iterable<ConversationView>): readonly ConversationView[] {
  return [...conversations]
    .filter(({ lastMessage }) => lastMessage !== null)
    .sort((a, b) => timeOf(b) - timeOf(a) || a.id.localeCompare(b.id))
}

/** What the list was and what the server says now: what was read here stays read. */
export function loaded(
  known: ConversationView | undefined,
  fetched: ConversationView,
): ConversationView {
  if (known === undefined || known.readSeq <= fetched.readSeq) return fetched
  const unread = known.readSeq >= fetched.lastSeq ? 0 : fetched.unread
  return { ...fetched, readSeq: known.readSeq, unread }
}

/** Read up to `readSeq`; the position never goes back. */
export function readUpTo(
  known: ConversationView,
  { readSeq, unread }: { readSeq: number; unread: number },
): ConversationView {
  return readSeq <= known.readSeq ? known : { ...known, readSeq, unread }
}

type EntryOf<K extends FeedEntry['kind']> = Extract<FeedEntry, { kind: K }>

/** A message has come; what is known already changes nothing. */
export function withMessage(
  known: ConversationView | undefined,
  { message, peer }: EntryOf<'message'>,
  me: string,
): ConversationView {
  const before = known ?? emptyOf(message.conversationId, peer)
  if (message.seq <= before.lastSeq) return before
  const isUnread = message.senderId !== me && asksAttention(message.body)
  const unread = before.unread + (isUnread && message.seq > before.readSeq ? 1 : 0)
  return { ...before, lastMessage: message, lastSeq: message.seq, unread }
}

/** A message has changed, and with it perhaps what is unread. */
export function withChange(
  known: ConversationView,
  { message, unread }: EntryOf<'changed'>,
): ConversationView {
  const isLast = known.lastMessage?.id === message.id
  const lastMessage = isLast ? newer(known.lastMessage, message) : known.lastMessage
  // What was counted before something that is known here already is counted anew there.
  const isCount = unread?.readSeq === known.readSeq && unread.lastSeq === known.lastSeq
  return { ...known, lastMessage, unread: isCount ? unread.count : known.unread }
}

/** The other one has got and read more; it is never less. */
export function withReceipt(
  known: ConversationView,
  { receivedSeq, readSeq }: EntryOf<'receipt'>,
): ConversationView {
  return {
    ...known,
    peerReceivedSeq: Math.max(known.peerReceivedSeq, receivedSeq),
    peerReadSeq: Math.max(known.peerReadSeq, readSeq),
  }
}

const emptyOf = (id: string, peer: ConversationView['peer']): ConversationView => ({
  id,
  peer,
  lastMessage: null,
  lastSeq: 0,
  readSeq: 0,
  unread: 0,
  peerReceivedSeq: 0,
  peerReadSeq: 0,
})

/** The list as it is after something happened. The same object when it changes nothing. */
export function afterEntry(
  conversations: ReadonlyMap<string, ConversationView>,
  entry: FeedEntry,
  me: string,
): ConversationView | undefined {
  switch (entry.kind) {
    case 'message':
      return withMessage(conversations.get(entry.message.conversationId), entry, me)
    case 'changed': {
      const known = conversations.get(entry.message.conversationId)
      return known === undefined ? undefined : withChange(known, entry)
    }
    case 'read': {
      const known = conversations.get(entry.conversationId)
      return known === undefined ? undefined : readUpTo(known, entry)
    }
    case 'receipt': {
      const known = conversations.get(entry.conversationId)
      return known === undefined ? undefined : withReceipt(known, entry)
    }
    case 'contact':
    case 'request':
      return undefined
  }
}
