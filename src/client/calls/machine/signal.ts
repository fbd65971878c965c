import type { Candidate } from './words.ts'

interface Origin {
  /** Which RTCPeerConnection of the sender it is of. */
  generation: number
  /** It is of a standby, which counts its generations by itself. */
  standby?: true
}

/** One offer, answer or candidate. */
export type Signal =
  | (Origin & { type: 'offer'; sdp: string })
  | (Origin & { type: 'answer'; sdp: string })
  | (Origin & { type: 'candidate'; candidate: Candidate })

/** The same, as it arrived. */
export type ReceivedSignal = Signal
