import type { MessageKey } from '#client/i18n/index.ts'
import { concealedPercent, soundedBroken, type CallReport } from '../blackBox/callReport.ts'
import type { EntryOf } from '../blackBox/entry.ts'
import type { Second } from '../blackBox/second.ts'

/** A sentence on what was wrong with a call. */
export interface Finding {
  readonly key: MessageKey
  readonly values?: Readonly<Record<string, number>>
}

/** Delay that is heard as talking at cross purposes (ITU-T G.114: 150 ms each way). */
const LATE_MS = 300

type Trouble = NonNullable<EntryOf<'trouble'>['trouble']>

/** What one wants to know first, in few sentences; one that all was well where it was. */
export function findingsOf(report: CallReport): readonly Finding[] {
  const found = [...endingOf(report), ...lossesOf(report), ...blameOf(report), ...figuresOf(report)]
  return found.length === 0 ? [{ key: 'report.finding.well' }] : found
}

function endingOf({ end, totals }: CallReport): Finding[] {
  if (end?.outcome !== 'failed') return []
  const wasConnected = totals.seconds > 0 || totals.losses > 0
  return [{ key: wasConnected ? 'report.finding.broken' : 'report.finding.neverConnected' }]
}

function lossesOf({ totals: { losses, lostMs } }: CallReport): Finding[] {
  if (losses === 0) return []
  const seconds = Math.max(1, Math.round(lostMs / 1_000))
  return [{ key: 'report.finding.lost', values: { times: losses, seconds } }]
}

/** The trouble that was shown longest, with what to do about it. */
function blameOf({ entries, end }: CallReport): Finding[] {
  const shown = entries.filter((entry) => entry.type === 'trouble')
  const lasted = new Map<Trouble, number>()
  shown.forEach(({ at, trouble }, index) => {
    if (trouble === null) return
    const until = shown[index + 1]?.at ?? end?.at ?? at
    lasted.set(trouble, (lasted.get(trouble) ?? 0) + until - at)
  })
  const [longest] = [...lasted].toSorted(([, a], [, b]) => b - a)
  return longest === undefined ? [] : [{ key: `report.blame.${longest[0]}` }]
}

function figuresOf(report: CallReport): Finding[] {
  const percent = Math.round(concealedPercent(report))
  const delayMs = Math.round(meanOf(report.seconds, ({ roundTripMs }) => roundTripMs) ?? 0)
  return [
    ...(soundedBroken(report)
      ? [{ key: 'report.finding.concealed', values: { percent } } as const]
      : []),
    ...(delayMs > LATE_MS
      ? [{ key: 'report.finding.late', values: { ms: delayMs } } as const]
      : []),
  ]
}

/** The mean of what is known; null where nothing is. */
export function meanOf(
  seconds: readonly Second[],
  read: (second: Second) => number | null,
): number | null {
  const known = seconds.map(read).filter((value) => value !== null)
  return known.length === 0 ? null : known.reduce((sum, value) => sum + value, 0) / known.length
}
