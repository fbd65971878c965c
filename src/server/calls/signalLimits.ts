import { AppError } from '#shared/errors.ts'
import type { LegId } from '#shared/ids.ts'
import { CANDIDATES_PER_GENERATION, DESCRIPTIONS_PER_MINUTE } from '#shared/limits.ts'
import type { SignalRequest } from './registry/commands.ts'
import { isSameLeg, type UserLeg } from './registry/call.ts'

/** How much a leg may signal in one call [CA15]. */
export interface SignalLimits {
  /**
   * @param request one that will be relayed: nothing is counted for calls that there are not
   * @throws AppError `request/rate-limited`; the socket stays open
   */
  take(by: UserLeg, request: SignalRequest, now: number): void
  /** The calls are over. */
  forget(callId: string): void
  /** Calls that something is counted for. */
  readonly size: number
}

interface Count {
  readonly leg: UserLeg
  /** Each connection of a leg goes to another leg and is of a generation: so many were sent for it. */
  readonly candidates: Map<LegId, Map<number, number>>
  descriptions: number[]
}

const MINUTE_MS = 60_000

export function createSignalLimits(): SignalLimits {
  const byCall = new Map<string, Count[]>()

  function countOf(callId: string, by: UserLeg): Count {
    const counts = byCall.get(callId) ?? []
    const known = counts.find(({ leg }) => isSameLeg(leg, by))
    if (known !== undefined) return known
    const count: Count = { leg: by, candidates: new Map(), descriptions: [] }
    byCall.set(callId, [...counts, count])
    return count
  }

  function takeCandidate({ candidates }: Count, toLeg: LegId, generation: number): void {
    const ofLeg = candidates.get(toLeg) ?? new Map<number, number>()
    const sent = ofLeg.get(generation) ?? 0
    if (sent >= CANDIDATES_PER_GENERATION) throw new AppError('request/rate-limited')
    ofLeg.set(generation, sent + 1)
    if (sent === 0) candidates.set(toLeg, ofLeg)
  }

  function takeDescription(count: Count, now: number): void {
    count.descriptions = count.descriptions.filter((at) => at > now - MINUTE_MS)
    const [oldest] = count.descriptions
    if (oldest !== undefined && count.descriptions.length >= DESCRIPTIONS_PER_MINUTE) {
      throw new AppError('request/rate-limited', { retryAfterMs: oldest + MINUTE_MS - now })
    }
    count.descriptions.push(now)
  }

  return {
    take(by, { signal, body }, now) {
      const count = countOf(body.callId, by)
      if (signal === 'call.candidate') takeCandidate(count, body.toLeg, body.generation)
      else takeDescription(count, now)
    },
    forget: (callId) => void byCall.delete(callId),
    get size() {
      return byCall.size
    },
  }
}
