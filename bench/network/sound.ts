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
/** A tick has sound when at least half of it did come, and it is louder than nothing. */
const FRESH_SHARE = 0.5
/** Loudness is the root of it: 0.005 of full volume. */
const ENERGY_A_SECOND = 0.005 ** 2
/** Shorter than this is what loss does to sound, and no silence. */
const SILENCE_MS = 200

interface Stretch {
  /** Epoch ms. */
  readonly from: number
  readonly to: number
}

/** Ticks whose whole time lies within, in their order. */
const within = (ticks: readonly Tick[], { from, to }: Stretch): Tick[] =>
  ticks.filter(({ at }) => at > from && at <= to)

const hasSound = ({ samples, concealed, energy }: Tick): boolean =>
  samples > 0 &&
  samples - concealed >= samples * FRESH_SHARE &&
  energy >= ENERGY_A_SECOND * (samples / SAMPLES_A_MS / 1_000)

/** Look at the ticks of one side between two moments. */
export function listen(ticks: readonly Tick[], stretch: Stretch): Heard {
  const inside = within(ticks, stretch)
  const wholeMs = stretch.to - stretch.from
  const playedMs = inside.reduce((sum, { samples }) => sum + samples, 0) / SAMPLES_A_MS
  const madeUpMs = inside.reduce((sum, { concealed }) => sum + concealed, 0) / SAMPLES_A_MS
  const missingMs = Math.max(0, wholeMs - playedMs) + madeUpMs
  return {
    missingMs,
    missingPercent: (100 * missingMs) / wholeMs,
    ...longestSilence(inside, stretch),
  }
}

function longestSilence(
  ticks: readonly Tick[],
  { from, to }: Stretch,
): Pick<Heard, 'longestSilenceMs' | 'backAfterMs'> {
  // Between two ticks with sound lies a silence, if only of the length of a tick.
  const heardAt = [from, ...ticks.filter(hasSound).map(({ at }) => at)]
  const lastHeardAt = heardAt.at(-1) ?? from
  if (to - lastHeardAt >= 2 * SILENCE_MS) {
    return { longestSilenceMs: to - lastHeardAt, backAfterMs: null }
  }
  let longest = { ms: 0, until: from }
  for (const [index, at] of heardAt.entries()) {
    const ms = at - (heardAt[index - 1] ?? at)
    if (ms > longest.ms) longest = { ms, until: at }
  }
  const isSilence = longest.ms >= SILENCE_MS
  return {
    longestSilenceMs: isSilence ? longest.ms : 0,
    backAfterMs: isSilence ? longest.until - from : 0,
  }
}

/** The moment since which somebody has heard the other for this long; undefined: not yet. */
export function hearsSince(ticks: readonly Tick[], after: number, ms: number): number | undefined {
  let since: number | undefined
  for (const tick of ticks) {
    if (tick.at <= after) continue
    if (!hasSound(tick)) since = undefined
    else since ??= tick.at
    if (since !== undefined && tick.at - since >= ms) return since
  }
  return undefined
}
