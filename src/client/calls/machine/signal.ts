import type { Candidate } from './words.ts'

interface Origin {
  /** The number of the sender's peer connection that it belongs to. */
  generation: number
  /** It belongs to a standby, which counts its own generations. */
  standby?: true
}

/** One offer, answer or candidate. */
export type Signal =
  | (Origin & { type: 'offer'; sdp: string })
  | (Origin & { type: 'answer'; sdp: string })
  | (Origin & { type: 'candidate'; candidate: Candidate })

/** The same, as it arrived. */
export type ReceivedSignal = Signal
