export const TRACK_KINDS = ['audio', 'camera', 'screen'] as const
/** What a connection carries, in the order of its m-lines. */
export type TrackKind = (typeof TRACK_KINDS)[number]

/** What sends and receives this kind; undefined until the first offer is made or taken. */
export const transceiverOf = (
  connection: RTCPeerConnection | null,
  kind: TrackKind,
): RTCRtpTransceiver | undefined => connection?.getTransceivers()[TRACK_KINDS.indexOf(kind)]
