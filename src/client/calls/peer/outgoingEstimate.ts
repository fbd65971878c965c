/** Of the pair of addresses in use; Firefox and Safari leave it out (W3C webrtc-stats). */
interface PairStats extends RTCStats {
  readonly availableOutgoingBitrate?: number
}

/** What the browser thinks that the path could carry from here, in kbit/s. */
export async function readOutgoingKbps(
  connection: RTCPeerConnection | null,
): Promise<number | null> {
  if (connection === null) return null
  const estimates: number[] = []
  const report = await connection.getStats()
  report.forEach((stats: PairStats) => {
    const { type, availableOutgoingBitrate = 0 } = stats
    if (type === 'candidate-pair' && availableOutgoingBitrate > 0) {
      estimates.push(availableOutgoingBitrate / 1_000)
    }
  })
  return estimates.length === 0 ? null : Math.max(...estimates)
}
