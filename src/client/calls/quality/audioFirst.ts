/** Whether the camera has to make room for the voice. */
export interface AudioFirst {
  readonly isPaused: boolean
  /** ms since which there is too little room, or enough again; null: neither. */
  readonly since: number | null
  /** When it was paused, and how long before it is tried again without a sign of room. */
  readonly pausedAt: number
  readonly retryMs: number
}

/** kbit/s */
const TOO_LITTLE = 60
const ENOUGH = 70
/** One estimate may be wrong, and the first ones are. */
const PAUSE_AFTER_MS = 2_000
const RESUME_AFTER_MS = 6_000
const FIRST_RETRY_MS = 20_000
const LAST_RETRY_MS = 160_000

export const ROOM: AudioFirst = {
  isPaused: false,
  since: null,
  pausedAt: 0,
  retryMs: FIRST_RETRY_MS,
}

/**
 * Audio before video. The estimate hardly grows while only a voice is sent, so a good reception on
 * the other side is a sign of room, too: then the picture is tried again, each time later.
 */
export function audioFirst(
  before: AudioFirst,
  { availableKbps, isHeardWell }: { availableKbps: number | null; isHeardWell: boolean },
  at: number,
): AudioFirst {
  return before.isPaused
    ? whilePaused(before, { availableKbps, isHeardWell }, at)
    : whileSending(before, availableKbps, at)
}

function whileSending(before: AudioFirst, kbps: number | null, at: number): AudioFirst {
  if (kbps === null || kbps >= TOO_LITTLE) return { ...before, since: null }
  const since = before.since ?? at
  if (at - since < PAUSE_AFTER_MS) return { ...before, since }
  return { ...before, isPaused: true, since: null, pausedAt: at }
}

function whilePaused(
  before: AudioFirst,
  { availableKbps, isHeardWell }: { availableKbps: number | null; isHeardWell: boolean },
  at: number,
): AudioFirst {
  const hasRoom = availableKbps !== null && availableKbps > ENOUGH
  const since = hasRoom ? (before.since ?? at) : null
  if (since !== null && at - since >= RESUME_AFTER_MS) {
    return { ...ROOM, retryMs: before.retryMs }
  }
  if (isHeardWell && at - before.pausedAt >= before.retryMs) {
    return { ...ROOM, retryMs: Math.min(LAST_RETRY_MS, before.retryMs * 2) }
  }
  return { ...before, since }
}
