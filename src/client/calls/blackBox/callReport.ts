import * as v from 'valibot'
import { CallId } from '#shared/ids.ts'
import { CallKind, CallOutcome } from '#shared/protocol/calls.ts'
import { POOR } from '../quality/verdict.ts'
import { Entry, Failure } from './entry.ts'
import { Second } from './second.ts'

/** What the black box looks back on. */
export const KEPT_MS = 10 * 60_000
/** Seconds and entries are a look and some words each; a busy minute must not grow without end. */
const SECONDS_MAX = 600
const ENTRIES_MAX = 1_000

/** Sums over the whole call, also over what is older than the rest. */
const Totals = v.object({
  /** Looks taken while the path stood. */
  seconds: v.number(),
  /** Of them: one of the two received badly. */
  poorSeconds: v.number(),
  /** Sum of `concealedPercent` of each second. */
  concealed: v.number(),
  /** How often the path was lost, and for how long in all. */
  losses: v.number(),
  lostMs: v.number(),
  /** ms UTC; since when it is lost now. */
  lostSince: v.nullable(v.number()),
})

/** How a call went, as this side had it: what the black box holds, keeps and exports. */
export const CallReport = v.object({
  format: v.literal('ahoy-call-report'),
  version: v.literal(1),
  callId: CallId,
  kind: CallKind,
  role: v.picklist(['caller', 'callee']),
  /** ms UTC, the server's clock, as all times here. */
  beganAt: v.number(),
  /** When they began to talk, as this side saw it; null: they never did. */
  talkedAt: v.nullable(v.number()),
  /** Null while it goes on, and of a page that did not live to see it. */
  end: v.nullable(
    v.object({
      at: v.number(),
      outcome: CallOutcome,
      durationMs: v.number(),
      failure: v.nullable(Failure),
    }),
  ),
  totals: Totals,
  entries: v.pipe(v.array(Entry), v.maxLength(ENTRIES_MAX)),
  seconds: v.pipe(v.array(Second), v.maxLength(SECONDS_MAX)),
})
export type CallReport = v.InferOutput<typeof CallReport>
export type CallEnd = NonNullable<CallReport['end']>

/** A report of a call that begins now, or that this page comes back into. */
export const beginReport = (
  { callId, kind, role }: Pick<CallReport, 'callId' | 'kind' | 'role'>,
  at: number,
): CallReport => ({
  format: 'ahoy-call-report',
  version: 1,
  callId,
  kind,
  role,
  beganAt: at,
  talkedAt: null,
  end: null,
  totals: { seconds: 0, poorSeconds: 0, concealed: 0, losses: 0, lostMs: 0, lostSince: null },
  entries: [],
  seconds: [],
})

const recent = <T extends { readonly at: number }>(all: readonly T[], max: number): T[] => {
  const last = all.at(-1)?.at ?? 0
  return all.filter(({ at }) => last - at <= KEPT_MS).slice(-max)
}

/** Something happened. What has no place in `Entry` is left out, whoever says it. */
export function withEntry(report: CallReport, entry: Entry): CallReport {
  const fit = v.safeParse(Entry, entry)
  if (!fit.success) return report
  return {
    ...report,
    talkedAt: report.talkedAt ?? talkedAtOf(fit.output),
    totals: lossCounted(report, fit.output),
    entries: recent(appended(report.entries, fit.output), ENTRIES_MAX),
  }
}

const talkedAtOf = (entry: Entry): number | null =>
  entry.type === 'status' && entry.status === 'calling' ? entry.at : null

/** The same event over and over (candidates) is one entry with a number. */
function appended(entries: readonly Entry[], next: Entry): Entry[] {
  const last = entries.at(-1)
  const isSame =
    next.type === 'event' &&
    last?.type === 'event' &&
    last.event === next.event &&
    last.word === next.word
  if (!isSame) return [...entries, next]
  return [...entries.slice(0, -1), { ...last, times: last.times + 1 }]
}

/** A path that is lost is noticed by what does not come, and so a little late. */
const NOTICED_WITHIN_MS = 6_000

/** Since when nothing had come when the path was found to be lost at this time; ms UTC. */
export function silentSince({ seconds }: Pick<CallReport, 'seconds'>, lostAt: number): number {
  const before = seconds.filter(({ at }) => at <= lostAt && lostAt - at <= NOTICED_WITHIN_MS)
  const heard = before.findLast(({ receivedKbps }) => receivedKbps !== 0)
  return heard?.at ?? before[0]?.at ?? lostAt
}

function lossCounted(report: CallReport, entry: Entry): CallReport['totals'] {
  const { totals } = report
  const isOver = entry.type === 'status' && entry.status === 'closing'
  if (entry.type !== 'link' && !isOver) return totals
  const isLost = entry.type === 'link' && entry.link === 'reconnecting'
  const { lostSince } = totals
  if (isLost === (lostSince !== null)) return totals
  if (lostSince === null) {
    return { ...totals, losses: totals.losses + 1, lostSince: silentSince(report, entry.at) }
  }
  return { ...totals, lostMs: totals.lostMs + (entry.at - lostSince), lostSince: null }
}

/** One more second of talk. */
export function withSecond(report: CallReport, second: Second): CallReport {
  const fit = v.safeParse(Second, second)
  if (!fit.success) return report
  const { totals } = report
  const { score, theirScore, concealedPercent } = fit.output
  const isPoor = Math.min(score, theirScore ?? 100) < POOR
  return {
    ...report,
    totals: {
      ...totals,
      seconds: totals.seconds + 1,
      poorSeconds: totals.poorSeconds + (isPoor ? 1 : 0),
      concealed: totals.concealed + (concealedPercent ?? 0),
    },
    seconds: recent([...report.seconds, fit.output], SECONDS_MAX),
  }
}

/** It is over; the server may know better how a moment later. */
export const withEnd = (report: CallReport, end: CallEnd): CallReport => ({
  ...report,
  end: { ...end, at: report.end?.at ?? end.at },
})

/** The page was reloaded: what the one before it had seen, and what this one has. */
export function joined(earlier: CallReport, later: CallReport): CallReport {
  const [before, after] = [earlier.totals, later.totals]
  // The path that the first page lost, or took along, stands again with the first link of the second.
  const gap = before.lostSince === null ? 0 : Math.max(0, later.beganAt - before.lostSince)
  return {
    ...later,
    beganAt: earlier.beganAt,
    talkedAt: earlier.talkedAt ?? later.talkedAt,
    totals: {
      seconds: before.seconds + after.seconds,
      poorSeconds: before.poorSeconds + after.poorSeconds,
      concealed: before.concealed + after.concealed,
      losses: before.losses + after.losses,
      lostMs: before.lostMs + gap + after.lostMs,
      lostSince: after.lostSince,
    },
    entries: recent([...earlier.entries, ...later.entries], ENTRIES_MAX),
    seconds: recent([...earlier.seconds, ...later.seconds], SECONDS_MAX),
  }
}

/** Mean share of the sound that was made up, in the whole call. */
export const concealedPercent = ({ totals }: CallReport): number =>
  totals.seconds === 0 ? 0 : totals.concealed / totals.seconds

/** More made-up sound than this is heard as gaps; the first seconds of a talk have always some. */
const CONCEALED_PERCENT = 3
const SECONDS_LEAST = 10

/** So much of the sound was made up that it was heard. */
export const soundedBroken = (report: CallReport): boolean =>
  report.totals.seconds >= SECONDS_LEAST && concealedPercent(report) > CONCEALED_PERCENT

/** A few bad seconds are no bad call, unless it had no others. */
const POOR_SECONDS = 60
const POOR_SHARE = 0.2

/** A call after which one may want to know what happened. */
export function wentBadly(report: CallReport): boolean {
  const { seconds, poorSeconds, losses } = report.totals
  if (!isWorthKeeping(report)) return false
  if (report.end?.outcome === 'failed' || losses > 0) return true
  const isPoorAtTimes = poorSeconds >= SECONDS_LEAST && poorSeconds >= seconds * POOR_SHARE
  return poorSeconds >= POOR_SECONDS || isPoorAtTimes || soundedBroken(report)
}

/** A call that nobody answered has nothing to look at, and one that another device answered is there. */
export const isWorthKeeping = ({ talkedAt, end }: CallReport): boolean =>
  talkedAt !== null && end?.outcome !== 'taken'
