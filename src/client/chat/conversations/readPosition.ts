import { asksAttention } from '#shared/rules/attention.ts'
import type { ConversationView, MessageView } from '#shared/protocol/chat.ts'

const after = (seq: number, seqs: readonly number[]): number[] => seqs.filter((one) => one > seq)

/** What the list was and what the server says now: what was read here stays read. */
export function loaded(
  known: ConversationView | undefined,
  fetched: ConversationView,
): ConversationView {
  if (known === undefined || known.readSeq <= fetched.readSeq) return fetched
  const unread = known.lastSeq >= fetched.lastSeq ? known.unread : fetched.unread
  const mentionedSeqs = after(known.readSeq, fetched.mentionedSeqs)
  return { ...fetched, readSeq: known.readSeq, unread, mentionedSeqs }
}

/**
 * Read up to `readSeq`; the position never goes back. At the same position, `unread` replaces what was counted
 * here only where it counts the same messages: an older count knows nothing of what has come since.
 */
export function readUpTo(
  known: ConversationView,
  { readSeq, lastSeq, unread }: { readSeq: number; lastSeq?: number; unread: number },
): ConversationView {
  const isSame = readSeq === known.readSeq && lastSeq === known.lastSeq
  if (readSeq <= known.readSeq && !isSame) return known
  return { ...known, readSeq, unread, mentionedSeqs: after(readSeq, known.mentionedSeqs) }
}

/** Read here up to a seq. @param shown the messages around there, by which it is known how many those are */
export function readHere(
  known: ConversationView,
  { seq, shown, me }: { seq: number; shown: readonly MessageView[]; me: string },
): ConversationView {
  const { readSeq, lastSeq } = known
  if (seq <= readSeq) return known
  if (seq >= lastSeq) return readUpTo(known, { readSeq: lastSeq, unread: 0 })
  const read = shown.filter(
    (message) =>
      message.seq > readSeq &&
      message.seq <= seq &&
      message.senderId !== me &&
      asksAttention(message.body),
  )
  return readUpTo(known, { readSeq: seq, unread: Math.max(0, known.unread - read.length) })
}
