import type { Received, Sample } from './sample.ts'

/** How what comes in was in the time between two samples. */
export interface Reception {
  /** 100 is perfect, below 40 is hard to follow, 0 is nothing at all. */
  readonly score: number
  readonly lossPercent: number
  readonly concealedPercent: number
  readonly packets: number
}

const FLOOR = 0
/** Points that a percent of lost sound costs: LiveKit's weight with RED, which repairs a part of it. */
const LOSS_WEIGHT = 4
/** What is made up is what is heard, so it costs more than what was lost and repaired. */
const CONCEALED_WEIGHT = 5
const FREEZE_COST = 20

/** The reception between two samples; null where nothing was to come in. */
export function reception(before: Sample, now: Sample): Reception | null {
  const sound = difference(before.received.audio, now.received.audio)
  const picture = difference(before.received.camera, now.received.camera)
  if (sound === null) return null
  const packets = sound.packets + (picture?.packets ?? 0)
  const lossPercent = percent(sound.lost, sound.packets + sound.lost)
  const concealedPercent = percent(sound.concealed, sound.samples)
  const pictureLoss = picture === null ? 0 : percent(picture.lost, picture.packets + picture.lost)
  const score =
    100 -
    delayEffect(now) -
    Math.max(lossPercent * LOSS_WEIGHT, concealedPercent * CONCEALED_WEIGHT, pictureLoss * 3) -
    Math.min(2, picture?.freezes ?? 0) * FREEZE_COST
  return { score: Math.max(FLOOR, score), lossPercent, concealedPercent, packets }
}

/** The simplified E-model, as LiveKit computes it: a short delay costs next to nothing, a long one a lot. */
function delayEffect({ roundTripMs, received }: Sample): number {
  const delay = (roundTripMs ?? 0) / 2 + 2 * (received.audio?.jitter ?? 0) * 1_000
  return delay <= 160 ? delay / 40 : (delay - 120) / 10
}

const percent = (part: number, whole: number): number => (whole > 0 ? (100 * part) / whole : 0)

/** Counters begin anew with a new connection; then there is nothing to compare. */
function difference(before: Received | undefined, now: Received | undefined): Received | null {
  if (before === undefined || now === undefined || now.samples < before.samples) return null
  return {
    packets: now.packets - before.packets,
    lost: Math.max(0, now.lost - before.lost),
    jitter: now.jitter,
    samples: now.samples - before.samples,
    concealed: Math.max(0, now.concealed - before.concealed),
    frames: now.frames - before.frames,
    freezes: Math.max(0, now.freezes - before.freezes),
  }
}

/** A score that falls at once and comes back slowly. */
export const smooth = (before: number | null, now: number): number =>
  before === null ? now : before + (now - before) * (now < before ? 0.8 : 0.3)

export type Bars = 0 | 1 | 2 | 3 | 4

/** Bars of four for a score. */
export function barsOf(score: number): Bars {
  if (score >= 80) return 4
  if (score >= 60) return 3
  if (score >= 40) return 2
  return score >= 15 ? 1 : 0
}
