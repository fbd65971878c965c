import * as v from 'valibot'

/**
 * What each side repeats on the data channel (`negotiated: true, id: 0`): its whole small state with
 * a rising number, so that accept, mute and hang-up take one network trip and work while the server
 * is away (calls.md 3). A lower or equal `n` than the last one seen is stale.
 */
export const PeerState = v.object({
  n: v.pipe(v.number(), v.integer(), v.minValue(1)),
  /** This leg answered (callee), or saw the answer (caller). */
  accepted: v.boolean(),
  hungUp: v.boolean(),
  microphone: v.boolean(),
  camera: v.boolean(),
  screen: v.boolean(),
})
export type PeerState = v.InferOutput<typeof PeerState>
