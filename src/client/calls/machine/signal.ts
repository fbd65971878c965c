import type { Candidate } from './words.ts'

/** One offer, answer or candidate; `generation` says which RTCPeerConnection of the sender it is of. */
export type Signal =
  | { type: 'offer'; generation: number; sdp: string }
  | { type: 'answer'; generation: number; sdp: string }
  | { type: 'candidate'; generation: number; candidate: Candidate }

/** The same, as it arrived. */
export type ReceivedSignal = Signal
