import type { ShownMessage } from './shown.ts'

/** Messages further apart than this get the time between them. */
const PAUSE_MS = 5 * 60 * 1000
/** What one says in one breath stands together. */
const BREATH_MS = 2 * 60 * 1000

export interface TimelineEntry {
  readonly message: ShownMessage
  /** The time stands above it: after a pause, and on another day. */
  readonly hasTime: boolean
  /** It goes on with what the same person said just before. */
  readonly goesOn: boolean
  /** The first one that was new when the conversation was opened. */
  readonly isFirstNew: boolean
}

export interface TimelineOptions {
  readonly me: string
  /** What was read when the conversation was opened; null: nothing was new. */
  readonly newAfter: number | null
}

/** Where a message stood last: what stands there still stays the same object, and is not drawn anew. */
const placedLast = new WeakMap<
  ShownMessage,
  { readonly before: ShownMessage | undefined; readonly entry: TimelineEntry }
>()

/** Messages in their order, with the places where something stands between them. */
export function timelineOf(
  messages: readonly ShownMessage[],
  { me, newAfter }: TimelineOptions,
): TimelineEntry[] {
  const isNew = ({ seq, senderId }: ShownMessage): boolean =>
    newAfter !== null && seq !== null && seq > newAfter && senderId !== me
  const firstNew = messages.findIndex(isNew)
  return messages.map((message, index) => {
    const before = messages[index - 1]
    const isFirstNew = index === firstNew
    const last = placedLast.get(message)
    if (last?.before === before && last?.entry.isFirstNew === isFirstNew) return last.entry
    const entry = entryOf(message, before, isFirstNew)
    placedLast.set(message, { before, entry })
    return entry
  })
}

function entryOf(
  message: ShownMessage,
  before: ShownMessage | undefined,
  isFirstNew: boolean,
): TimelineEntry {
  const hasTime = before === undefined || isLater(before, message)
  const goesOn = !hasTime && !isFirstNew && isOneBreath(before, message)
  return { message, hasTime, goesOn, isFirstNew }
}

const dayOf = ({ createdAt }: ShownMessage): string => new Date(createdAt).toDateString()

const isLater = (before: ShownMessage, message: ShownMessage): boolean =>
  message.createdAt - before.createdAt > PAUSE_MS || dayOf(before) !== dayOf(message)

const isSpoken = ({ body }: ShownMessage): boolean =>
  body.kind !== 'recalled' && body.kind !== 'tip'

const isOneBreath = (before: ShownMessage, message: ShownMessage): boolean =>
  before.senderId === message.senderId &&
  message.createdAt - before.createdAt < BREATH_MS &&
  isSpoken(before) &&
  isSpoken(message)
