import { HISTORY_PAGE } from '#shared/limits.ts'
import type { MessageView } from '#shared/protocol/chat.ts'
import { newer } from '../conversations/newer.ts'

/** An unbroken run of messages. */
export interface Page {
  readonly messages: readonly MessageView[]
  /** There is something older. */
  readonly hasMore: boolean
}

/** The part of a conversation that can be scrolled through. */
export interface History extends Page {
  /** There is something newer: its reader is further up. */
  readonly hasLater: boolean
}

/** More is let go at the other end [CH10]: a conversation may be read from its end to its start. */
export const HISTORY_MAX = 8 * HISTORY_PAGE

/** For a conversation whose messages could not be fetched yet: what was written here can be shown. */
export const NOTHING_KNOWN: History = { messages: [], hasMore: false, hasLater: false }

/** The later ones win where both have a seq, unless what was there is newer. */
function joined(
  older: readonly MessageView[],
  later: readonly MessageView[],
): readonly MessageView[] {
  const first = later[0]?.seq ?? Infinity
  const known = new Map(older.map((message) => [message.seq, message]))
  return [
    ...older.filter(({ seq }) => seq < first),
    ...later.map((message) => newer(known.get(message.seq), message)),
  ]
}

/** Without what its reader has deleted. */
export function withoutCleared<Run extends Page>(known: Run, clearedSeq: number): Run {
  const messages = known.messages.filter(({ seq }) => seq > clearedSeq)
  const first = messages[0]?.seq ?? 0
  return { ...known, messages, hasMore: known.hasMore && first > clearedSeq + 1 }
}

/** A message has changed. The same object when it is not shown, or was newer. */
export function withChange(known: History, message: MessageView): History {
  const index = known.messages.findIndex(({ id }) => id === message.id)
  const before = known.messages[index]
  if (before === undefined || before.rev >= message.rev) return known
  return { ...known, messages: known.messages.with(index, message) }
}

/** The newest page has come: keep what is known before it, unless there is a hole in between. */
export function withNewest(known: History | undefined, page: Page): History {
  const first = page.messages[0]
  const last = known?.messages.at(-1)
  const isApart = first === undefined || last === undefined || first.seq > last.seq + 1
  if (known === undefined || isApart) return { ...page, hasLater: false }
  const messages = joined(known.messages, page.messages)
  const tail = known.messages.filter(({ seq }) => seq > (page.messages.at(-1)?.seq ?? 0))
  const hasMore = known.hasMore && page.hasMore
  return { messages: [...messages, ...tail], hasMore, hasLater: false }
}

/** An older page has come. */
export function withOlder(known: History, page: Page): History {
  const messages = joined(page.messages, known.messages)
  return { messages, hasMore: page.hasMore, hasLater: known.hasLater }
}

/** What comes right after it. @param newest the last seq of the conversation */
export function withLater(known: History, page: Page, newest: number): History {
  const last = known.messages.at(-1)?.seq ?? 0
  const messages = [...known.messages, ...page.messages.filter(({ seq }) => seq > last)]
  return { ...known, messages, hasLater: (messages.at(-1)?.seq ?? newest) < newest }
}

/** Without what is too far from its start; the same object when nothing is. */
export function withoutEnd(known: History): History {
  if (known.messages.length <= HISTORY_MAX) return known
  return { ...known, messages: known.messages.slice(0, HISTORY_MAX), hasLater: true }
}

/** Without what is too far from its end; the same object when nothing is. */
export function withoutStart(known: History): History {
  if (known.messages.length <= HISTORY_MAX) return known
  return { ...known, messages: known.messages.slice(-HISTORY_MAX), hasMore: true }
}

/** A message has come. Null when there is a hole before it: fetch the newest page instead. */
export function withMessage(known: History, message: MessageView): History | null {
  const last = known.messages.at(-1)?.seq ?? message.seq - 1
  if (message.seq <= last || known.hasLater) return known
  if (message.seq > last + 1) return null
  return { ...known, messages: [...known.messages, message] }
}
