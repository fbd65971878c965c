import type { Candidate } from '../machine/words.ts'

/**
 * ICE candidates that came before the remote description they belong to. `signalingState` tells
 * nothing here: it is `stable` on a connection that has never had one.
 */
export interface CandidateQueue {
  /** Hand on now, or keep until the remote description is set. */
  add(candidate: Candidate): Promise<void>
  /** The remote description is set: hand on what waits, in order. */
  open(): Promise<void>
}

/** How many may wait; more than any honest peer sends before its description. */
const WAITING_MAX = 200

export function createCandidateQueue(
  handOn: (candidate: Candidate) => Promise<void>,
): CandidateQueue {
  let waiting: Candidate[] | null = []
  return {
    async add(candidate) {
      if (waiting === null) await handOn(candidate)
      else if (waiting.length < WAITING_MAX) waiting.push(candidate)
    },
    async open() {
      const due = waiting ?? []
      waiting = null
      for (const candidate of due) await handOn(candidate)
    },
  }
}

/** Hand a candidate to the browser; one that it refuses is of no use, and no harm. */
export async function tryCandidate(
  connection: RTCPeerConnection | null,
  candidate: Candidate,
): Promise<void> {
  try {
    await connection?.addIceCandidate(candidate)
  } catch {
    // One that belongs to an offer that we ignored, or that this browser does not understand:
    // the others, and the description that they came with, are none the worse.
  }
}
