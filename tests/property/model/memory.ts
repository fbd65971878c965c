import { LEG_GRACE_MS } from '#shared/limits.ts'
import type { RestoredCall } from '#client/calls/machine/events.ts'
import type { CallState } from '#client/calls/machine/state.ts'
import type { ResumeSecrets } from '#client/calls/session/resumeSecrets.ts'

/** What a page leaves to the one that comes after it, as `useCallMemory` keeps it. */
export interface Memory {
  readonly callId: string
  readonly secrets: readonly string[]
  readonly restored: RestoredCall
  readonly seenAt: number
}

export function remember(
  call: CallState | null,
  resumeSecrets: ResumeSecrets,
  now: number,
): Memory | null {
  if (call?.status !== 'waiting' && call?.status !== 'calling') return null
  const { callId, peer, kind, role } = call
  const secrets = resumeSecrets.secrets(callId)
  if (secrets.length === 0) return null
  const talk =
    call.status === 'calling' ? { peerLeg: call.peerLeg, acceptedAt: call.acceptedAt } : null
  const invitedAt = call.status === 'waiting' ? call.invitedAt : 0
  const devices = { microphone: true, camera: kind === 'video' }
  return {
    callId,
    secrets,
    restored: { peer, kind, role, invitedAt, talk, ...devices },
    seenAt: now,
  }
}

/** A call that was left long ago is over. */
export const isFresh = ({ seenAt }: Memory, now: number): boolean => now - seenAt <= LEG_GRACE_MS
