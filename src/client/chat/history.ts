import type { MessageView } from '#shared/protocol/chat.ts'

/** An unbroken run of messages: a page, or all that is known of a conversation up to the newest. */
export interface History {
  readonly messages: readonly MessageView[]
  readonly hasMore: boolean
}

/** For a conversation whose messages could not be fetched yet: what was written here can be shown. */
export const NOTHING_KNOWN: History = { messages: [], hasMore: false }

/** Of two views of one message the newer one. */
export const newer = (a: MessageView | null | undefined, b: MessageView): MessageView =>
  a?.id === b.id && a.rev > b.rev ? a : b

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
export function withoutCleared(known: History, clearedSeq: number): History {
  const messages = known.messages.filter(({ seq }) => seq > clearedSeq)
  const first = messages[0]?.seq ?? 0
  return { messages, hasMore: known.hasMore && first > clearedSeq + 1 }
}

/** A message has changed. The same object when it is not shown, or was newer. */
export function withChange(known: History, message: MessageView): History {
  const index = known.messages.findIndex(({ id }) => id === message.id)
  const before = known.messages[index]
  if (before === undefined || before.rev >= message.rev) return known
  return { ...known, messages: known.messages.with(index, message) }
}

/** The newest page has come: keep what is known before it, unless there is a hole in between. */
export function withNewest(known: History | undefined, page: History): History {
  const first = page.messages[0]
  const last = known?.messages.at(-1)
  if (known === undefined || first === undefined || last === undefined) return page
  if (first.seq > last.seq + 1) return page
  const messages = joined(known.messages, page.messages)
  const tail = known.messages.filter(({ seq }) => seq > (page.messages.at(-1)?.seq ?? 0))
  return { messages: [...messages, ...tail], hasMore: known.hasMore && page.hasMore }
}

/** An older page has come. */
export function withOlder(known: History, page: History): History {
  return { messages: joined(page.messages, known.messages), hasMore: page.hasMore }
}

/** What comes right after it. */
export function withLater(known: History, page: History): History {
  const last = known.messages.at(-1)?.seq ?? 0
  return {
    ...known,
    messages: [...known.messages, ...page.messages.filter(({ seq }) => seq > last)],
  }
}

/** A message has come. Null when there is a hole before it: fetch the newest page instead. */
export function withMessage(known: History, message: MessageView): History | null {
  const last = known.messages.at(-1)?.seq ?? message.seq - 1
  if (message.seq <= last) return known
  if (message.seq > last + 1) return null
  return { ...known, messages: [...known.messages, message] }
}
