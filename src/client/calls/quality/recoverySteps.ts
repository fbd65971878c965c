import type { Alarm } from './watchdogs.ts'

/** Which of the peer's media is to be recovered. */
export type RecoveryStep = 'sound' | 'picture'

/** What was tried for one of them in this call. */
interface Tried {
  readonly times: number
  /** ms; when it was tried last. */
  readonly at: number
}
export type RecoverySteps = Readonly<Record<RecoveryStep, Tried>>

/** A main thread that was stuck recovers by itself; it is only reported. */
const STEPS: Readonly<Record<Alarm, RecoveryStep | null>> = {
  silent: 'sound',
  frozen: 'picture',
  jammed: null,
}
/** A recovery step may disturb the path, so that the same trouble is noticed twice: that is one occurrence. */
const OCCURRENCE_MS = 30_000
/** Where two tries did not help, a third does not help either; Jitsi Meet stops after two as well. */
const TRIES_MAX = 2

const never: Tried = { times: 0, at: Number.NEGATIVE_INFINITY }
export const NOTHING_TRIED: RecoverySteps = { sound: never, picture: never }

/** The recovery step for an alarm that has just begun; null: there is none, or it was tried. Pure. */
export function nextStep(
  before: RecoverySteps,
  alarm: Alarm,
  at: number,
): { readonly steps: RecoverySteps; readonly due: RecoveryStep | null } {
  const due = STEPS[alarm]
  if (due === null) return { steps: before, due }
  const tried = before[due]
  if (tried.times >= TRIES_MAX || at - tried.at < OCCURRENCE_MS) {
    return { steps: before, due: null }
  }
  return { steps: { ...before, [due]: { times: tried.times + 1, at } }, due }
}
