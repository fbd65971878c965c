import * as v from 'valibot'
import type { Look } from '../quality/useQuality.ts'
import { reception } from '../quality/score.ts'

const LIMITED = v.picklist(['none', 'cpu', 'bandwidth'])
const figure = v.nullable(v.number())

/** One second of a talk as this side measured it and the peer told it; null: not known. */
export const Second = v.object({
  /** ms UTC, the server's clock. */
  at: v.number(),
  /** How each side receives the other, 0 to 100. */
  score: v.number(),
  theirScore: figure,
  /** Packets of sound that did not arrive. */
  lossPercent: figure,
  /** Sound that was made up because nothing had come. */
  concealedPercent: figure,
  /** Packets that did not arrive at the peer's, as its browser reports. */
  sentLossPercent: figure,
  roundTripMs: figure,
  jitterMs: figure,
  receivedKbps: figure,
  sentKbps: figure,
  /** What the sender takes for the room that there is. */
  availableKbps: figure,
  framesPerSecond: figure,
  limited: LIMITED,
  theirLimited: v.nullable(LIMITED),
  relayed: v.nullable(v.boolean()),
})
export type Second = v.InferOutput<typeof Second>

/** One decimal is more than one can see, and a third of the room. */
const rounded = (value: number): number => Math.round(value * 10) / 10
const orNull = (value: number | null | undefined): number | null =>
  value === null || value === undefined ? null : rounded(value)

/** The second that ends with a look. */
export function secondOf({ before, now, mine, theirs }: Look): Second {
  const received = before === null ? null : reception(before, now)
  return {
    at: Math.round(now.at),
    score: rounded(mine.score),
    theirScore: orNull(theirs?.score),
    lossPercent: orNull(received?.lossPercent),
    concealedPercent: orNull(received?.concealedPercent),
    sentLossPercent: now.sentLost === null ? null : rounded(now.sentLost * 100),
    roundTripMs: orNull(now.roundTripMs),
    jitterMs: now.received.audio === undefined ? null : rounded(now.received.audio.jitter * 1_000),
    ...rates(before, now),
    availableKbps: orNull(now.availableKbps),
    limited: now.limitation,
    theirLimited: theirs?.limited ?? null,
    relayed: now.isRelayed,
  }
}

/** By the time between the looks, which a busy page takes late. */
function rates(
  before: Look['before'],
  now: Look['now'],
): Pick<Second, 'receivedKbps' | 'sentKbps' | 'framesPerSecond'> {
  const ms = before === null ? 0 : now.at - before.at
  const rate = (from: number | undefined, to: number | undefined): number | null => {
    // Counters begin anew with a new connection; then there is nothing to compare.
    if (ms <= 0 || from === undefined || to === undefined || to < from) return null
    return (to - from) / ms
  }
  const perSecond = rate(before?.received.camera?.frames, now.received.camera?.frames)
  return {
    receivedKbps: orNull(scaled(rate(before?.bytes.received, now.bytes.received), 8)),
    sentKbps: orNull(scaled(rate(before?.bytes.sent, now.bytes.sent), 8)),
    framesPerSecond: orNull(scaled(perSecond, 1_000)),
  }
}

const scaled = (value: number | null, by: number): number | null =>
  value === null ? null : value * by
