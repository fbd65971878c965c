import { CONNECT_TIMEOUT_MS } from '#shared/limits.ts'
import { closeAs, talkedMs, type Step } from './closing.ts'
import type { EventOf } from './events.ts'
import type { CallOf } from './state.ts'

/** Other failures happen at the start of a call; after this time the path is the cause. */
const SOUGHT_MS = CONNECT_TIMEOUT_MS / 2

/** The path is lost: this side looks for it for a minute, and the screen says so. */
export function changeLink(
  call: CallOf<'calling'>,
  { legId, link }: EventOf<'link/changed'>,
): Step {
  if (legId !== call.peerLeg.legId) return { call, effects: [] }
  const { callId } = call
  if (link === 'connected') {
    const stop = { type: 'timer/stop', timer: 'lost', callId } as const
    return { call: { ...call, link }, effects: call.link === 'reconnecting' ? [stop] : [] }
  }
  // A path that was never there is looked for until its own time is over.
  if (call.link === 'connecting') return { call, effects: [] }
  const start = { type: 'timer/start', timer: 'lost', callId } as const
  return {
    call: { ...call, link: 'reconnecting' },
    effects: call.link === 'connected' ? [start] : [],
  }
}

/**
 * The server says that the call is over. Without a path both sides give up at about the same time, and
 * the one that is told by the other shows the same reason.
 */
export function closeAsTold(call: CallOf<'calling'>, event: EventOf<'server/closed'>): Step {
  const { outcome } = event
  const { durationMs } = event
  const wasSought =
    call.link !== 'connected' && call.peerAbsence === null && durationMs >= SOUGHT_MS
  if (outcome !== 'failed' || !wasSought) {
    const isUnmet = outcome === 'failed' && call.link === 'connecting'
    return closeAs(call, { outcome, durationMs, isUnmet })
  }
  return closeAs(call, { outcome, durationMs, failure: 'negotiation/no-path' })
}

/** No path to the peer was found in time. */
export const giveUp = (call: CallOf<'calling'>, at: number): Step =>
  closeAs(call, {
    outcome: 'failed',
    durationMs: talkedMs(call, at),
    failure: 'negotiation/no-path',
    tell: { type: 'send/hangup', callId: call.callId, outcome: 'failed' },
  })
