import { asksAttention } from '#shared/rules/attention.ts'
import { isMentioned } from '#shared/rules/mentions.ts'
import { PLAIN_SETTINGS, type ConversationView } from '#shared/protocol/chat.ts'
import type { FeedEntry } from '#shared/protocol/feed.ts'
import { withGroupChange } from '../people/group.ts'
import { withSettings } from './conversations.ts'
import { newer } from './newer.ts'
import { readUpTo } from './readPosition.ts'

type EntryOf<K extends FeedEntry['kind']> = Extract<FeedEntry, { kind: K }>

/** A message has come; what is known already changes nothing. */
export function withMessage(
  known: ConversationView | undefined,
  { message, peer }: EntryOf<'message'>,
  me: string,
): ConversationView | undefined {
  const before = known ?? (peer === null ? undefined : emptyOf(message.conversationId, { peer }))
  // A group is known before anything is said in it.
  if (before === undefined) return undefined
  if (message.seq <= before.lastSeq) return before
  const isUnread = message.senderId !== me && asksAttention(message.body)
  const isNew = message.seq > before.readSeq
  const unread = before.unread + (isUnread && isNew ? 1 : 0)
  const mentioned = isNew && isMentioned(message, me) ? [message.seq] : []
  const mentionedSeqs = [...before.mentionedSeqs, ...mentioned]
  return { ...before, lastMessage: message, lastSeq: message.seq, unread, mentionedSeqs }
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
  // What is recalled or deleted mentions nobody.
  const mentionedSeqs =
    message.body.kind === 'text'
      ? known.mentionedSeqs
      : known.mentionedSeqs.filter((seq) => seq !== message.seq)
  return { ...known, lastMessage, unread: isCount ? unread.count : known.unread, mentionedSeqs }
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

const emptyOf = (
  id: string,
  { peer = null, group = null }: Partial<Pick<ConversationView, 'peer' | 'group'>>,
): ConversationView => ({
  id,
  peer,
  group,
  settings: PLAIN_SETTINGS,
  lastMessage: null,
  lastSeq: 0,
  readSeq: 0,
  unread: 0,
  mentionedSeqs: [],
  peerReceivedSeq: 0,
  peerReadSeq: 0,
})

/** I have come into a group, or once more. */
function withGroup(
  known: ConversationView | undefined,
  { conversationId, group, clearedSeq }: EntryOf<'group'>,
): ConversationView {
  const before = known ?? emptyOf(conversationId, { group })
  const settings = {
    ...before.settings,
    isHidden: false,
    clearedSeq: Math.max(before.settings.clearedSeq, clearedSeq),
  }
  const lastSeq = Math.max(before.lastSeq, clearedSeq)
  // What is not for me is not unread.
  const read = readUpTo(
    { ...before, group, lastSeq },
    { readSeq: clearedSeq, lastSeq: clearedSeq, unread: 0 },
  )
  return withSettings(read, settings)
}

/** Which conversation something happened in; null: in none. */
function idOf(entry: FeedEntry): string | null {
  if ('message' in entry) return entry.message.conversationId
  return 'conversationId' in entry ? entry.conversationId : null
}

/** A conversation as it is after something happened; undefined when none has changed. */
export function afterEntry(
  conversations: ReadonlyMap<string, ConversationView>,
  entry: FeedEntry,
  me: string,
): ConversationView | undefined {
  const known = conversations.get(idOf(entry) ?? '')
  if (entry.kind === 'group') return withGroup(known, entry)
  if (entry.kind === 'message') return withMessage(known, entry, me)
  return known === undefined ? undefined : changedBy(known, entry)
}

function changedBy(known: ConversationView, entry: FeedEntry): ConversationView | undefined {
  if (entry.kind === 'changed') return withChange(known, entry)
  if (entry.kind === 'read') return readUpTo(known, entry)
  if (entry.kind === 'receipt') return withReceipt(known, entry)
  if (entry.kind === 'groupChanged') {
    return known.group === null
      ? undefined
      : { ...known, group: withGroupChange(known.group, entry.change) }
  }
  return entry.kind === 'settings' ? withSettings(known, entry.settings) : undefined
}
