import * as v from 'valibot'
import { Uuid } from '#shared/ids.ts'
import { Quote } from '#shared/protocol/chat.ts'

/** What the text that is being written is for, where it is not just the next message. */
const Purpose = v.variant('kind', [
  v.object({ kind: v.literal('reply'), to: Quote }),
  v.object({
    kind: v.literal('edit'),
    id: Uuid,
    /** The changed text so far. */
    text: v.string(),
    /** The text before the edit. */
    was: v.exactOptional(v.string()),
    /** What the draft replies to, once the edit is done. */
    replyTo: v.exactOptional(Quote),
  }),
])
export type Purpose = v.InferOutput<typeof Purpose>

/** What was begun in a conversation and not sent. */
export interface Draft {
  readonly text: string
  readonly purpose: Purpose | null
}

export const NO_DRAFT: Draft = { text: '', purpose: null }

/**
 * A draft as this browser keeps it. Each change is a version of its own, in the place of the one that it
 * was made from: where two tabs change the same one, both are there.
 */
export const DraftVersion = v.pipe(
  v.object({
    id: v.string(),
    /** Earlier clients kept one draft of each conversation, under its id. */
    conversationId: v.exactOptional(v.string()),
    /** The same in all versions that were made one from the other. */
    line: v.exactOptional(v.string()),
    /** The newest version has the highest. */
    rev: v.optional(v.number(), 0),
    text: v.string(),
    purpose: v.optional(v.nullable(Purpose), null),
  }),
  v.transform((kept) => ({ conversationId: kept.id, line: kept.id, ...kept })),
)
export type DraftVersion = v.InferOutput<typeof DraftVersion>

/** A draft as one tab has it, and what else is kept in its conversation. */
export interface DraftDesk {
  readonly draft: Draft
  /** The version that it is, and its line; null: there is nothing, or it is not kept yet. */
  readonly base: string | null
  readonly line: string | null
  readonly rev: number
  /** Drafts of other tabs, which were not made from this one. */
  readonly others: readonly DraftVersion[]
}

export const NO_DESK: DraftDesk = { draft: NO_DRAFT, base: null, line: null, rev: 0, others: [] }

export const isEmpty = ({ text, purpose }: Draft): boolean => text === '' && purpose === null

const isSame = (a: Draft, b: Draft): boolean =>
  a.text === b.text && JSON.stringify(a.purpose) === JSON.stringify(b.purpose)

/** Everything that was typed. */
export const wordsOf = ({ text, purpose }: Draft): readonly string[] =>
  purpose?.kind === 'edit' ? [text, purpose.text] : [text]

/** Nothing that was typed in one is missing in the other. */
const contains = (whole: Draft, part: Draft): boolean =>
  wordsOf(part).every((words, index) => wordsOf(whole)[index]?.includes(words) === true)

const newest = (versions: readonly DraftVersion[]): DraftVersion | undefined =>
  versions.toSorted((a, b) => a.rev - b.rev).at(-1)

/** What stands in the place of a draft whose version is gone, or where there was none. */
function successorOf({ base, line, others }: DraftDesk, kept: readonly DraftVersion[]) {
  const known = new Set(others.map((one) => one.line))
  return newest(kept.filter((one) => (base === null ? !known.has(one.line) : one.line === line)))
}

/**
 * The draft of a tab after a look at what is kept. What another tab has made of it is taken over, and
 * it goes where it was sent; but never is something else put in front of somebody who writes: what they
 * have written is then a draft beside the others, and its base null until it is kept again.
 *
 * @param isHeld somebody is at the field in this tab
 */
export function afterLook(
  desk: DraftDesk,
  kept: readonly DraftVersion[],
  isHeld: boolean,
): DraftDesk {
  const without = (draft: Draft) => kept.filter((one) => !isSame(one, draft))
  if (kept.some(({ id }) => id === desk.base)) return { ...desk, others: without(desk.draft) }
  const next = successorOf(desk, kept)
  if (next === undefined) return { ...NO_DESK, others: kept }
  if (isHeld && (isEmpty(desk.draft) || !contains(next, desk.draft))) {
    return { ...desk, base: null, line: null, others: without(desk.draft) }
  }
  const { text, purpose, id: base, line, rev } = next
  return { draft: { text, purpose }, base, line, rev, others: without(next) }
}
