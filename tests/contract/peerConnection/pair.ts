import { until, type PeerConnectionRoom } from './rule.ts'

export const DATA_CHANNEL = { negotiated: true, id: 0, ordered: false, maxRetransmits: 0 }

/** As the caller of this product begins: everything it may ever send, and the channel. */
export function offerer(room: PeerConnectionRoom): {
  connection: RTCPeerConnection
  channel: RTCDataChannel
} {
  const connection = room.create()
  for (const kind of ['audio', 'video', 'video']) {
    connection.addTransceiver(kind, { direction: 'sendrecv' })
  }
  return { connection, channel: connection.createDataChannel('state', DATA_CHANNEL) }
}

export const descriptionOf = (connection: RTCPeerConnection): RTCSessionDescriptionInit => {
  if (connection.localDescription === null) throw new Error('no local description')
  const { type, sdp } = connection.localDescription
  return { type, sdp }
}

function trickle(from: RTCPeerConnection, to: RTCPeerConnection): void {
  from.addEventListener('icecandidate', ({ candidate }) => {
    if (candidate !== null) void to.addIceCandidate(candidate)
  })
}

export async function answer(from: RTCPeerConnection, to: RTCPeerConnection): Promise<void> {
  await to.setRemoteDescription(descriptionOf(from))
  for (const transceiver of to.getTransceivers()) transceiver.direction = 'sendrecv'
  await to.setLocalDescription()
  await from.setRemoteDescription(descriptionOf(to))
}

export interface Pair {
  caller: RTCPeerConnection
  callee: RTCPeerConnection
  channels: readonly [RTCDataChannel, RTCDataChannel]
}

/** Two that are described to each other; candidates flow from the start, and wait as they must. */
export async function connect(room: PeerConnectionRoom): Promise<Pair> {
  const { connection: caller, channel } = offerer(room)
  const callee = room.create()
  const waiting: RTCIceCandidateInit[] = []
  caller.addEventListener('icecandidate', ({ candidate }) => {
    if (candidate !== null) waiting.push(candidate)
  })
  trickle(callee, caller)
  await caller.setLocalDescription()
  await callee.setRemoteDescription(descriptionOf(caller))
  const own = callee.createDataChannel('state', DATA_CHANNEL)
  for (const transceiver of callee.getTransceivers()) transceiver.direction = 'sendrecv'
  await callee.setLocalDescription()
  await caller.setRemoteDescription(descriptionOf(callee))
  await until(() => waiting.length > 0)
  for (const candidate of waiting) await callee.addIceCandidate(candidate)
  trickle(caller, callee)
  return { caller, callee, channels: [channel, own] }
}

export const isConnected = ({ caller, callee }: Pair): boolean =>
  caller.connectionState === 'connected' && callee.connectionState === 'connected'

export function closeAll(...connections: readonly RTCPeerConnection[]): void {
  for (const connection of connections) connection.close()
}
