import type { Link } from '../machine/state.ts'

/** What the call is told of a connection's path. */
export function linkOf(
  state: Exclude<RTCPeerConnectionState, 'closed'>,
  { isSilent, wasConnected }: { isSilent: boolean; wasConnected: boolean },
): Link | 'failed' {
  if (state === 'connected' && isSilent) return 'reconnecting'
  const link = LINKS[state]
  return link === 'connecting' && wasConnected ? 'reconnecting' : link
}

const LINKS: Readonly<Record<Exclude<RTCPeerConnectionState, 'closed'>, Link | 'failed'>> = {
  new: 'connecting',
  connecting: 'connecting',
  connected: 'connected',
  disconnected: 'reconnecting',
  failed: 'failed',
}

/**
 * When the last packet of the peer's sound was played, on a clock of its own; null where none was
 * so far, or the browser does not tell.
 */
export function soundHeardAt(connection: RTCPeerConnection | null): number | null {
  const [sound] = connection?.getTransceivers() ?? []
  return sound?.receiver.getSynchronizationSources()[0]?.timestamp ?? null
}

/**
 * Bytes that have arrived on the transport; where a browser has no such entry, on the pairs of
 * candidates together. Null where it tells neither.
 */
export function bytesReceivedIn(report: RTCStatsReport): number | null {
  let ofPairs: number | null = null
  for (const stat of report.values() as Iterable<{ type: string; bytesReceived?: number }>) {
    const { type, bytesReceived } = stat
    if (bytesReceived === undefined) continue
    if (type === 'transport') return bytesReceived
    if (type === 'candidate-pair') ofPairs = (ofPairs ?? 0) + bytesReceived
  }
  return ofPairs
}
