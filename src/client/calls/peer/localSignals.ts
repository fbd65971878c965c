import type { Signal } from '../machine/signal.ts'

/** A description of this side for the peer; null for what is no offer and no answer. */
export function descriptionSignal(
  description: RTCSessionDescription | null,
  generation: number,
): Signal | null {
  if (description === null) return null
  const { type, sdp } = description
  return type === 'offer' || type === 'answer' ? { type, generation, sdp } : null
}

/** Before microphone or camera are allowed, the browser has a name for its address: `….local`. */
export const isHidden = ({ candidate }: RTCIceCandidate): boolean => / \S+\.local /.test(candidate)

/** A candidate of this side for the peer. */
export const candidateSignal = (
  { candidate, sdpMid, sdpMLineIndex, usernameFragment }: RTCIceCandidate,
  generation: number,
): Signal => ({
  type: 'candidate',
  generation,
  candidate: { candidate, sdpMid, sdpMLineIndex, usernameFragment },
})
