import type { Sample } from './sample.ts'

/** Something that should be there and is not, noticed by this side. */
export type Alarm = 'silent' | 'frozen' | 'jammed'

/** What should come in just now. */
export interface Expected {
  readonly sound: boolean
  readonly picture: boolean
}

export interface Watch {
  /** When sound, picture and the main thread last showed life, ms. */
  readonly soundAt: number
  readonly pictureAt: number
  readonly jammedUntil: number
  readonly last: Sample | null
}

/** Even silence sends two or three packets a second (DTX). */
const SILENT_AFTER_MS = 4_000
const FROZEN_AFTER_MS = 4_000
/** A look each second that comes so much later, has waited for the main thread. */
const JAM_MS = 1_500
/** More is no jam: the machine slept. */
const SLEEP_MS = 15_000
const JAM_SHOWN_MS = 4_000

export const startWatch = (at: number): Watch => ({
  soundAt: at,
  pictureAt: at,
  jammedUntil: 0,
  last: null,
})

/** Look once a second; `lateMs` is how much later than planned this look came. */
export function look(
  before: Watch,
  sample: Sample,
  { expected, lateMs }: { expected: Expected; lateMs: number },
): { readonly watch: Watch; readonly alarms: readonly Alarm[] } {
  const { at } = sample
  // A tab that could not look has seen nothing die.
  const isLate = lateMs > JAM_MS
  const isJam = isLate && lateMs < SLEEP_MS
  const isFresh = isLate || before.last === null || isReset(before.last, sample)
  const isAlive = (kind: 'audio' | 'camera', what: 'packets' | 'frames'): boolean =>
    isFresh || counted(sample, kind, what) > counted(before.last, kind, what)
  const watch: Watch = {
    soundAt: !expected.sound || isAlive('audio', 'packets') ? at : before.soundAt,
    pictureAt: !expected.picture || isAlive('camera', 'frames') ? at : before.pictureAt,
    jammedUntil: isJam ? at + JAM_SHOWN_MS : before.jammedUntil,
    last: sample,
  }
  return { watch, alarms: alarmsOf(watch, at) }
}

function alarmsOf({ soundAt, pictureAt, jammedUntil }: Watch, at: number): Alarm[] {
  const alarms: Alarm[] = []
  if (at - soundAt >= SILENT_AFTER_MS) alarms.push('silent')
  if (at - pictureAt >= FROZEN_AFTER_MS) alarms.push('frozen')
  if (at < jammedUntil) alarms.push('jammed')
  return alarms
}

const counted = (
  sample: Sample | null,
  kind: 'audio' | 'camera',
  what: 'packets' | 'frames',
): number => sample?.received[kind]?.[what] ?? 0

const isReset = (before: Sample, now: Sample): boolean =>
  (now.received.audio?.packets ?? 0) < (before.received.audio?.packets ?? 0)
