import { HEARTBEAT_INTERVAL_MS, HEARTBEAT_TIMEOUT_MS, HELLO_TIMEOUT_MS } from '#shared/limits.ts'
import { CLOSE_CODES } from '#shared/protocol/envelope.ts'
import type { Clock } from '#server/platform/clock.ts'
import type { Connection } from './connection.ts'
import type { Connections } from './connections.ts'

/** Parts of an interval: thousands of pings and pongs at one moment would hold everybody's frames up. */
const SLICES = 20

/**
 * Check each connection once in an interval, a few at a time.
 * @returns what ends it
 */
export function startHeartbeat(connections: Connections, clock: Clock): () => void {
  let round: readonly Connection[] = []
  let slice = 0
  const timer = setInterval(() => {
    // Who comes later is checked in the next round.
    if (slice === 0) round = connections.all()
    const from = Math.floor((slice * round.length) / SLICES)
    slice = (slice + 1) % SLICES
    const to = slice === 0 ? round.length : Math.floor((slice * round.length) / SLICES)
    for (const connection of round.slice(from, to)) checkConnection(connection, clock)
    if (slice === 0) round = []
  }, HEARTBEAT_INTERVAL_MS / SLICES)
  timer.unref()
  return () => {
    clearInterval(timer)
  }
}

/** A dead connection is dropped; an old session and a socket that never says hello are closed. */
function checkConnection(connection: Connection, clock: Clock): void {
  const elapsed = clock.elapsed()
  const silentMs = elapsed - connection.seenAt
  // Whether the session was renewed meanwhile, the next upgrade finds out.
  if (connection.owner.expiresAt <= clock.now()) connection.close(CLOSE_CODES.silent)
  else if (silentMs > HEARTBEAT_TIMEOUT_MS) connection.terminate()
  else if (connection.leg === null && elapsed - connection.openedAt > HELLO_TIMEOUT_MS)
    connection.close(CLOSE_CODES.silent)
  else connection.ping()
}
