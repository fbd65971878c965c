import {
  beginReport,
  withEnd,
  withEntry,
  withSecond,
  type CallEnd,
  type CallReport,
} from '#client/calls/blackBox/callReport.ts'
import type { Entry } from '#client/calls/blackBox/entry.ts'
import type { Second } from '#client/calls/blackBox/second.ts'
import { NOON } from './desk.ts'
import { aCallId } from './people.ts'

type Unstamped<E> = E extends Entry ? Omit<E, 'at'> : never
/** What happened, and how many seconds after noon. */
export type Happened = Unstamped<Entry> & { s: number }

export const TALK: readonly Happened[] = [
  { type: 'status', status: 'waiting', s: 0 },
  { type: 'status', status: 'calling', s: 1 },
  { type: 'link', link: 'connecting', s: 1 },
  { type: 'link', link: 'connected', s: 2 },
]

/** A second that went well, so many seconds after noon. */
export const aSecond = (s: number, parts: Partial<Second> = {}): Second => ({
  at: NOON + s * 1_000,
  score: 98,
  theirScore: 97,
  lossPercent: 0,
  concealedPercent: 0,
  sentLossPercent: 0,
  roundTripMs: 40,
  jitterMs: 5,
  receivedKbps: 40,
  sentKbps: 41,
  availableKbps: 300,
  framesPerSecond: null,
  limited: 'none',
  theirLimited: 'none',
  relayed: false,
  ...parts,
})

export interface ReportParts {
  happened?: readonly Happened[]
  seconds?: readonly Second[]
  /** s after noon; null: it goes on. */
  endS?: number | null
  end?: Partial<CallEnd>
  callId?: string
  kind?: 'audio' | 'video'
}

/** The report of a call that began at noon. */
export function aReport(parts: ReportParts = {}): CallReport {
  const { callId = aCallId(), kind = 'audio', endS = 60 } = parts
  const begun = beginReport({ callId, kind, role: 'caller' }, NOON)
  const report = stepsOf(parts).reduce((before, step) => step.take(before), begun)
  return endS === null ? report : overAt(report, endS, parts.end)
}

interface Step {
  readonly at: number
  readonly take: (report: CallReport) => CallReport
}

/** What happens and what is measured, in the order of time. */
function stepsOf({ happened = TALK, seconds = [] }: ReportParts): Step[] {
  const measured = seconds.map((second): Step => ({
    at: second.at,
    take: (report) => withSecond(report, second),
  }))
  const told = happened.map(({ s, ...entry }): Step => {
    const at = NOON + s * 1_000
    return { at, take: (report) => withEntry(report, { ...entry, at }) }
  })
  return [...measured, ...told].toSorted((a, b) => a.at - b.at)
}

function overAt(report: CallReport, s: number, end: Partial<CallEnd> = {}): CallReport {
  const at = NOON + s * 1_000
  const over = withEntry(report, { type: 'status', status: 'closing', at })
  const completed = {
    at,
    outcome: 'completed',
    durationMs: (s - 1) * 1_000,
    failure: null,
  } as const
  return withEnd(over, { ...completed, ...end })
}
