import type { LegSession } from './legSessions.ts'

/**
 * Looks for another path when that of a call is lost (decision 13). The browser itself takes many
 * seconds to notice, so the bytes that arrive are watched: each side says its state every second, so a
 * path that works is never quiet.
 */
export interface Recovery {
  /** This connection is the one of the call. */
  watch: (one: LegSession) => void
  /** The network may be another one now: do not wait to find out. */
  wake: () => void
  /** The path stands, and yet what should come on it does not: look for another one, once. */
  shake: () => void
  stop: () => void
}

export interface RecoveryOptions {
  /** A connection in the place of the one that does not find its way back. */
  renew: (legId: string) => void
  /** For how long a faster watch has heard nothing, ms; not counting what is only said to be lost here. */
  unheardMs?: () => number
  /** Monotonic, ms. */
  now?: () => number
}

const LOOK_EVERY_MS = 500
/** Nothing has arrived for this time: the path is lost, whatever the browser says. */
export const SILENT_MS = 2_500
/** What was asked for this time and did not answer is lost as well. */
const UNANSWERED_MS = 600
/** What the browser calls disconnected often comes back by itself in this time. */
const DISCONNECTED_MS = 2_000
/** One restart has this time to find a path before the next. */
const RESTART_EVERY_MS = 4_000
/** The side that answers lets the other one be first, so that their offers do not cross. */
const YIELD_MS = 1_000
/** A connection that has not found its way back by then makes room for a new one. */
const RENEW_AFTER_MS = 7_000
/** A new connection has more to do: gather, check, DTLS. */
const BEGIN_MS = 10_000

type Act = 'restart' | 'renew'

interface Watched {
  readonly one: LegSession
  readonly beganAt: number
  bytes: number
  heardAt: number
  lostAt: number | null
  restartedAt: number | null
}

export function createRecovery({
  renew,
  unheardMs = () => 0,
  now = () => performance.now(),
}: RecoveryOptions): Recovery {
  let watched: Watched | null = null
  let looking: ReturnType<typeof setInterval> | undefined

  async function look(): Promise<void> {
    const own = watched
    if (own === null) return
    const bytes = (await own.one.session.bytesReceived()) ?? own.bytes
    // Another connection took its place while the browser counted.
    if (own !== watched) return
    if (bytes !== own.bytes) {
      own.bytes = bytes
      own.heardAt = now()
    }
    act(own)
  }

  function act(own: Watched): void {
    const { session, leg } = own.one
    const isQuiet = now() - own.heardAt >= SILENT_MS || unheardMs() >= UNANSWERED_MS
    const isSilent = own.bytes > 0 && isQuiet
    session.setSilent(session.state === 'connected' && isSilent)
    const stands = session.state === 'connected' && !isSilent
    own.lostAt = stands ? null : (own.lostAt ?? now())
    if (stands) own.restartedAt = null
    const due = dueAct(own, session.state, now())
    if (due === 'restart') restart(own)
    if (due === 'renew') renew(leg.legId)
  }

  function restart(own: Watched): void {
    own.restartedAt = now()
    own.one.session.restartIce()
  }

  return {
    watch(one) {
      if (watched?.one === one) return
      const at = now()
      watched = { one, beganAt: at, bytes: 0, heardAt: at, lostAt: null, restartedAt: null }
      looking ??= setInterval(() => void look(), LOOK_EVERY_MS)
    },
    wake() {
      const own = watched
      if (own === null || (own.one.session.link === 'connected' && unheardMs() === 0)) return
      if (own.bytes > 0) restart(own)
    },
    shake() {
      const own = watched
      // A path that is lost is being sought already.
      if (own !== null && own.bytes > 0 && own.lostAt === null) restart(own)
    },
    stop() {
      watched = null
      clearInterval(looking)
      looking = undefined
    },
  }
}

/** What is to be done now for a path that is lost, or was never found. */
function dueAct(own: Watched, state: RTCPeerConnectionState, now: number): Act | null {
  const { one, beganAt, lostAt } = own
  if (lostAt === null) return null
  // A connection that is being made is none that was lost, though its handshake arrives already: a
  // restart would have it begin once more.
  const wasNever = one.session.link === 'connecting'
  const triedMs = wasNever ? now - beganAt - (BEGIN_MS - RENEW_AFTER_MS) : now - lostAt
  // Who offers begins anew; the other side follows with the first offer.
  if (one.offers && triedMs >= RENEW_AFTER_MS) return 'renew'
  return wasNever ? null : dueRestart(own, { state, triedMs }, now)
}

function dueRestart(
  { one, restartedAt }: Watched,
  { state, triedMs }: { state: RTCPeerConnectionState; triedMs: number },
  now: number,
): Act | null {
  const patienceMs = (state === 'disconnected' ? DISCONNECTED_MS : 0) + (one.offers ? 0 : YIELD_MS)
  const isTooSoon = restartedAt !== null && now - restartedAt < RESTART_EVERY_MS
  return triedMs >= patienceMs && !isTooSoon ? 'restart' : null
}
