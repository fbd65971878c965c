import { silentSince, type CallReport } from '../blackBox/callReport.ts'
import type { Second } from '../blackBox/second.ts'

/** Figures over time as a chart takes them: null leaves a gap. */
export interface ChartLines {
  /** s since they began to talk. */
  readonly x: readonly number[]
  readonly lines: readonly (readonly (number | null)[])[]
}

/** A span in which the path was lost, in s since they began to talk. */
export type Span = readonly [from: number, to: number]

/** A look comes each second; a little late it is still the next one. */
const GAP_S = 2

const startOf = ({ talkedAt, beganAt }: CallReport): number => talkedAt ?? beganAt

/** Some figures of each second, with a gap where nothing was measured. */
export function linesOf(
  report: CallReport,
  reads: readonly ((second: Second) => number | null)[],
): ChartLines {
  const start = startOf(report)
  const points = report.seconds.flatMap((second, index) => {
    const x = (second.at - start) / 1_000
    const values = reads.map((read) => read(second))
    const before = report.seconds[index - 1]
    const isGap = before !== undefined && second.at - before.at > GAP_S * 1_000
    return isGap
      ? [
          { x: x - 1, values: reads.map(() => null) },
          { x, values },
        ]
      : [{ x, values }]
  })
  return {
    x: points.map(({ x }) => x),
    lines: reads.map((_, nth) => points.map(({ values }) => values[nth] ?? null)),
  }
}

/** When the path was lost. */
export function lostSpansOf(report: CallReport): readonly Span[] {
  const start = startOf(report)
  const second = (at: number): number => (at - start) / 1_000
  const links = report.entries.filter(
    (entry) => entry.type === 'link' || (entry.type === 'status' && entry.status === 'closing'),
  )
  return links.flatMap((entry, index) => {
    if (entry.type !== 'link' || entry.link !== 'reconnecting') return []
    const until = links[index + 1]?.at ?? report.end?.at ?? entry.at
    return [[second(silentSince(report, entry.at)), second(until)] as const]
  })
}
