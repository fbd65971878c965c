import type { IceServer } from '#shared/protocol/calls.ts'

/** Makes an RTCPeerConnection; the fake of the tests enforces the same rules. */
export type PeerConnectionFactory = (options: {
  iceServers: readonly IceServer[]
  /** Only through TURN: the peer learns no address of ours. */
  relayOnly: boolean
}) => RTCPeerConnection
