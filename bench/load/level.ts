import { median, spreadOf, type Spread } from '../report/statistics.ts'
import type { StepResult } from './offerLoad.ts'

/** p99 of a level that counts [L2]. */
export const P99_MAX_MS = 25
/** Share of signals that a level may lose and still count. */
const LOSS_MAX = 0.000_25
/** A generator that is busier measures itself. */
const GENERATOR_MAX = 0.85
/** A generator that falls behind offers less than it says. */
const PACE_MIN = 0.98

/** `void`: the generator was the limit, so that nothing is said about the server. */
export type Verdict = 'counts' | 'too slow' | 'loses' | 'void'

/** All rounds of one server at one offered load. */
export interface Level {
  readonly rate: number
  readonly p50Ms: Spread
  readonly p99Ms: Spread
  /** 0 to 1, over all rounds. */
  readonly loss: number
  readonly generatorCpu: number
  readonly serverUs: Spread
  readonly serverWaited: number
  readonly verdict: Verdict
}

/** Judge a level by the medians of its rounds. */
export function levelOf(rate: number, rounds: readonly StepResult[]): Level {
  const all = (pick: (round: StepResult) => number): number[] => rounds.map(pick)
  const sum = (pick: (round: StepResult) => number): number =>
    rounds.reduce((total, round) => total + pick(round), 0)
  const level = {
    rate,
    p50Ms: spreadOf(all(({ p50Ms }) => p50Ms)),
    p99Ms: spreadOf(all(({ p99Ms }) => p99Ms)),
    loss: sum(({ lost }) => lost) / sum(({ sent }) => sent),
    generatorCpu: median(all(({ generatorCpu }) => generatorCpu)),
    serverUs: spreadOf(all(({ serverUs }) => serverUs)),
    serverWaited: median(all(({ serverWaited }) => serverWaited)),
  }
  return { ...level, verdict: verdictOf(level, median(all(({ pace }) => pace))) }
}

function verdictOf(
  { generatorCpu, loss, p99Ms }: Pick<Level, 'generatorCpu' | 'loss' | 'p99Ms'>,
  pace: number,
): Verdict {
  if (generatorCpu > GENERATOR_MAX || pace < PACE_MIN) return 'void'
  if (loss > LOSS_MAX) return 'loses'
  // NaN, when nothing came at all, is no success either.
  return p99Ms.median <= P99_MAX_MS ? 'counts' : 'too slow'
}

/** The highest load that counts, or null. */
export const highest = (levels: readonly Level[]): Level | null =>
  levels.filter(({ verdict }) => verdict === 'counts').sort((a, b) => b.rate - a.rate)[0] ?? null
