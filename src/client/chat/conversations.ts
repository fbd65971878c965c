import type { ConversationView } from '#shared/protocol/chat.ts'

const timeOf = ({ lastMessage }: ConversationView): number => lastMessage?.createdAt ?? 0

/** Newest first. */
export function sorted(conversations: Iterable<ConversationView>): readonly ConversationView[] {
  return [...conversations].sort((a, b) => timeOf(b) - timeOf(a) || a.id.localeCompare(b.id))
}

/** A conversation as it now is, unless we know a newer state of it: pushes may come in any order. */
export function newerOf(
  known: ConversationView | undefined,
  pushed: ConversationView,
): ConversationView {
  if (known === undefined || pushed.lastSeq >= known.lastSeq) {
    return pushed.readSeq >= (known?.readSeq ?? 0) ? pushed : withRead(pushed, known)
  }
  return known
}

/** Our own read position is ahead of what the server knew when it sent this. */
function withRead(pushed: ConversationView, known: ConversationView | undefined): ConversationView {
  const readSeq = known?.readSeq ?? pushed.readSeq
  return { ...pushed, readSeq, unread: readSeq >= pushed.lastSeq ? 0 : pushed.unread }
}

/** Read up to `readSeq`; the position never goes back. */
export function readUpTo(
  known: ConversationView,
  { readSeq, unread }: { readSeq: number; unread: number },
): ConversationView {
  return readSeq < known.readSeq ? known : { ...known, readSeq, unread }
}
