import { soundHeardAt } from './pathState.ts'
import type { PeerSession } from './PeerSession.ts'

export interface PathWatchOptions {
  /** The peer's microphone is on: sound comes as long as there is a path. */
  readonly isPeerSpeaking: () => boolean
  /** Monotonic, ms. */
  readonly now: () => number
}

/** Notices within a moment that a connection is lost, by the sound that should come on it. */
export interface PathWatch {
  /** Another connection. */
  begin: () => void
  /** @returns whether it is lost, and since when it stands, ms; null while it does not */
  look: (session: PeerSession) => { isLost: boolean; stoodMs: number | null }
}

/** No packet of sound for this time, where one comes every 20 ms: the path may be lost. */
const LOST_MS = 160

export function createPathWatch({ isPeerSpeaking, now }: PathWatchOptions): PathWatch {
  let stamp: number | null = null
  let changedAt = now()
  let stoodSince: number | null = null

  function isLost({ link, connection }: PeerSession): boolean {
    if (link !== 'connected') return true
    const heardAt = soundHeardAt(connection)
    if (heardAt === null || heardAt !== stamp) changedAt = now()
    stamp = heardAt
    return heardAt !== null && isPeerSpeaking() && now() - changedAt >= LOST_MS
  }

  return {
    begin() {
      stamp = stoodSince = null
      changedAt = now()
    },
    look(session) {
      const lost = isLost(session)
      stoodSince = lost ? null : (stoodSince ?? now())
      return { isLost: lost, stoodMs: stoodSince === null ? null : now() - stoodSince }
    },
  }
}
