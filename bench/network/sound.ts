import type { Tick } from './probe.ts'

/** What somebody heard in a stretch of time. */
export interface Heard {
  /** Sound that was made up or did not come at all. */
  readonly missingMs: number
  /** The same as a share of the whole stretch. */
  readonly missingPercent: number
  /** The longest time without any sound of the other. */
  readonly longestSilenceMs: number
  /** From the beginning of the stretch to the end of that silence; null: it has not ended. */
  readonly backAfterMs: number | null
}

export const SAMPLES_A_MS = 48
/** A tick has sound when at least half of its time did come, and it is louder than nothing. */
const FRESH_SHARE = 0.5
/** Loudness is the root of it: 0.005 of full volume. */
const ENERGY_A_SECOND = 0.005 ** 2
/** Chromium hands out the same statistics for so long: a tick that comes sooner tells nothing. */
const SAME_MS = 50
/** Shorter than this is what loss does to sound, and no silence. */
const SILENCE_MS = 200

interface Stretch {
  /** Epoch ms. */
  readonly from: number
  readonly to: number
}

/** The time that a tick tells of: since the one before, which a busy browser makes longer. */
interface Piece {
  readonly from: number
  readonly to: number
  readonly hasSound: boolean
  /** When its sound began, where the time before was without. */
  readonly soundFrom: number
}

function piecesOf(ticks: readonly Tick[], { from, to }: Stretch): Piece[] {
  const pieces: Piece[] = []
  let before = from
  for (const tick of ticks) {
    if (tick.at <= from || tick.at > to) continue
    if (tick.samples === 0 && tick.at - before < SAME_MS) continue
    const freshMs = (tick.samples - tick.concealed) / SAMPLES_A_MS
    pieces.push({
      from: before,
      to: tick.at,
      hasSound: hasSound(tick, tick.at - before),
      soundFrom: Math.max(before, tick.at - freshMs),
    })
    before = tick.at
  }
  return pieces
}

function hasSound({ samples, concealed, energy }: Tick, ms: number): boolean {
  const isFresh = samples - concealed >= SAMPLES_A_MS * ms * FRESH_SHARE
  return samples > 0 && isFresh && energy >= ENERGY_A_SECOND * (samples / SAMPLES_A_MS / 1_000)
}

/** Look at the ticks of one side between two moments. */
export function listen(ticks: readonly Tick[], stretch: Stretch): Heard {
  const inside = ticks.filter(({ at }) => at > stretch.from && at <= stretch.to)
  const wholeMs = stretch.to - stretch.from
  const playedMs = inside.reduce((sum, { samples }) => sum + samples, 0) / SAMPLES_A_MS
  const madeUpMs = inside.reduce((sum, { concealed }) => sum + concealed, 0) / SAMPLES_A_MS
  const missingMs = Math.max(0, wholeMs - playedMs) + madeUpMs
  return {
    missingMs,
    missingPercent: (100 * missingMs) / wholeMs,
    ...longestSilence(piecesOf(ticks, stretch), stretch),
  }
}

function longestSilence(
  pieces: readonly Piece[],
  { from, to }: Stretch,
): Pick<Heard, 'longestSilenceMs' | 'backAfterMs'> {
  let longest = { from, to: from }
  let current = { from, to: from }
  for (const piece of pieces) {
    current = piece.hasSound
      ? { from: piece.to, to: piece.to }
      : { from: current.from, to: piece.to }
    if (current.to - current.from > longest.to - longest.from) longest = current
  }
  // No page is no sound either.
  const last = to - (pieces.at(-1)?.to ?? from) >= SILENCE_MS ? to : current.to
  if (last - current.from >= 2 * SILENCE_MS) {
    return { longestSilenceMs: last - current.from, backAfterMs: null }
  }
  const ms = longest.to - longest.from
  return ms < SILENCE_MS
    ? { longestSilenceMs: 0, backAfterMs: 0 }
    : { longestSilenceMs: ms, backAfterMs: longest.to - from }
}

/** The moment since which somebody has heard the other for this long; undefined: not yet. */
export function hearsSince(ticks: readonly Tick[], after: number, ms: number): number | undefined {
  let since: number | undefined
  for (const piece of piecesOf(ticks, { from: after, to: Number.POSITIVE_INFINITY })) {
    since = piece.hasSound ? (since ?? piece.soundFrom) : undefined
    if (since !== undefined && piece.to - since >= ms) return since
  }
  return undefined
}
