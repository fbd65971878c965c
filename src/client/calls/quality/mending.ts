import type { Alarm } from './watchdogs.ts'

/** What of the peer's can be set going again. */
export type Mend = 'sound' | 'picture'

/** What has been tried of one kind in this call. */
interface Tried {
  readonly times: number
  /** ms; when it was tried last. */
  readonly at: number
}
export type Mending = Readonly<Record<Mend, Tried>>

/** A main thread that was stuck goes on by itself: it is only said. */
const MENDS: Readonly<Record<Alarm, Mend | null>> = {
  silent: 'sound',
  frozen: 'picture',
  jammed: null,
}
/** Mending may shake the path so that the same trouble is noticed twice: that is one occurrence. */
const OCCURRENCE_MS = 30_000
/** What two tries did not mend (as Jitsi has it, research 3.13), a third does not. */
const TRIES_MAX = 2

const never: Tried = { times: 0, at: Number.NEGATIVE_INFINITY }
export const NOTHING_MENDED: Mending = { sound: never, picture: never }

/** What to mend when an alarm begins; null: nothing, or it has been tried. Pure. */
export function mend(
  before: Mending,
  alarm: Alarm,
  at: number,
): { readonly mending: Mending; readonly due: Mend | null } {
  const due = MENDS[alarm]
  if (due === null) return { mending: before, due }
  const tried = before[due]
  if (tried.times >= TRIES_MAX || at - tried.at < OCCURRENCE_MS) {
    return { mending: before, due: null }
  }
  return { mending: { ...before, [due]: { times: tried.times + 1, at } }, due }
}
