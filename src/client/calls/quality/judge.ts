import type { SideQuality } from '#shared/protocol/peerState.ts'
import { audioFirst, ROOM, type AudioFirst } from './audioFirst.ts'
import type { Sample } from './sample.ts'
import { reception, smooth } from './score.ts'
import { nothingShown, steady, type Steady } from './steady.ts'
import { holdMs, POOR, verdict, type Cause } from './verdict.ts'
import {
  look,
  startWatch,
  type Alarm,
  type Expected,
  type Lateness,
  type Watch,
} from './watchdogs.ts'

/** What is known of the call after the last look. */
export interface Judgement {
  readonly last: Sample | null
  /** How this side is, as the peer is told. */
  readonly mine: SideQuality | null
  readonly room: AudioFirst
  readonly cause: Steady<Cause>
  readonly watch: Watch
  readonly alarms: readonly Alarm[]
}

/** What is seen beside the counters. */
export interface Surroundings extends Lateness {
  readonly theirs: SideQuality | null
  /** The share of this side's words to the server that came back late. */
  readonly late: number
  readonly expected: Expected
  /** The camera goes out, and somebody looks at it. */
  readonly isSending: boolean
}

export const beginJudging = (at: number): Judgement => ({
  last: null,
  mine: null,
  room: ROOM,
  cause: nothingShown(),
  watch: startWatch(at),
  alarms: [],
})

/** One look: pure, so that a whole call can be judged from its samples. */
export function judge(before: Judgement, sample: Sample, around: Surroundings): Judgement {
  const { watch, alarms } = look(before.watch, sample, around)
  const room = roomFor(before, sample, around)
  const mine: SideQuality = {
    score: scoreOf(before, sample),
    limited: sample.limitation,
    late: around.late,
    busy: sample.limitation === 'cpu' || alarms.includes('jammed'),
    paused: room.isPaused,
  }
  const found = around.theirs === null ? null : verdict(mine, around.theirs)
  const cause = steady(before.cause, { now: found, holdMs: holdMs(found) }, sample.at)
  return { last: sample, mine, room, cause, watch, alarms }
}

function scoreOf({ last, mine }: Judgement, sample: Sample): number {
  const received = last === null ? null : reception(last, sample)
  const before = mine?.score ?? null
  return received === null ? (before ?? 100) : smooth(before, received.score)
}

function roomFor(
  { room }: Judgement,
  { availableKbps, at }: Sample,
  { isSending, theirs }: Surroundings,
): AudioFirst {
  if (!isSending) return ROOM
  return audioFirst(room, { availableKbps, isHeardWell: (theirs?.score ?? 100) >= POOR }, at)
}
