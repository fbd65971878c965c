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
  /** Bytes a ms, both ways, when the looks still came in time. */
  readonly flow: number
  readonly last: Sample | null
}

/** Even silence sends two or three packets a second (DTX). */
const SILENT_AFTER_MS = 4_000
const FROZEN_AFTER_MS = 4_000
/** A look each second that comes so much later, has waited for the main thread. */
const JAM_MS = 1_500
/** More is no jam: the machine slept. */
const SLEEP_MS = 15_000
/** Sound and picture pass a stuck main thread by, and stop in a sleep: less of the usual flow was one. */
const JAM_FLOW = 0.25
const JAM_SHOWN_MS = 4_000

export const startWatch = (at: number): Watch => ({
  soundAt: at,
  pictureAt: at,
  jammedUntil: 0,
  flow: 0,
  last: null,
})

export interface Lateness {
  /** How much later than planned this look came, ms. */
  readonly lateMs: number
  /** Time that went by uncounted since the last look: the clocks of some systems stand in a sleep. */
  readonly sleptMs: number
}

/** Look once a second. */
export function look(
  before: Watch,
  sample: Sample,
  { expected, ...lateness }: { expected: Expected } & Lateness,
): { readonly watch: Watch; readonly alarms: readonly Alarm[] } {
  const { at } = sample
  const flowed = bytesOf(sample) - bytesOf(before.last)
  const last = comparable(before.last, sample, lateness)
  const isAlive = (kind: 'audio' | 'camera', what: 'packets' | 'frames'): boolean =>
    last === null || counted(sample, kind, what) > counted(last, kind, what)
  const watch: Watch = {
    soundAt: !expected.sound || isAlive('audio', 'packets') ? at : before.soundAt,
    pictureAt: !expected.picture || isAlive('camera', 'frames') ? at : before.pictureAt,
    jammedUntil: isJam(before, flowed, lateness) ? at + JAM_SHOWN_MS : before.jammedUntil,
    flow: last === null ? before.flow : flowed / Math.max(1, at - last.at),
    last: sample,
  }
  return { watch, alarms: alarmsOf(watch, at) }
}

/** The sample before, where what was counted since then says something; null where it does not. */
function comparable(
  before: Sample | null,
  now: Sample,
  { lateMs, sleptMs }: Lateness,
): Sample | null {
  // A tab that could not look has seen nothing die.
  if (lateMs > JAM_MS || sleptMs > JAM_MS) return null
  return before === null || isReset(before, now) ? null : before
}

const isJam = ({ flow }: Watch, flowed: number, { lateMs }: Lateness): boolean =>
  lateMs > JAM_MS && lateMs < SLEEP_MS && flowed >= flow * lateMs * JAM_FLOW

function alarmsOf({ soundAt, pictureAt, jammedUntil }: Watch, at: number): Alarm[] {
  const alarms: Alarm[] = []
  if (at - soundAt >= SILENT_AFTER_MS) alarms.push('silent')
  if (at - pictureAt >= FROZEN_AFTER_MS) alarms.push('frozen')
  if (at < jammedUntil) alarms.push('jammed')
  return alarms
}

const bytesOf = (sample: Sample | null): number =>
  (sample?.bytes.received ?? 0) + (sample?.bytes.sent ?? 0)

const counted = (
  { received }: Sample,
  kind: 'audio' | 'camera',
  what: 'packets' | 'frames',
): number => received[kind]?.[what] ?? 0

const isReset = (before: Sample, now: Sample): boolean =>
  (now.received.audio?.packets ?? 0) < (before.received.audio?.packets ?? 0)
