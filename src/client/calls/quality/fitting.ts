import type { SenderLimits } from '../peer/senderTuning.ts'

/** Steps, so that a window that is dragged does not make a new picture size for each pixel. */
const SCALES = [4, 3, 2, 1.5]
/** bit/s for a picture of this height: a little more than LiveKit's presets allow. */
const RATES: readonly (readonly [height: number, rate: number])[] = [
  [180, 200_000],
  [360, 600_000],
  [540, 1_000_000],
  [720, 2_000_000],
]

/**
 * What to send of a camera that is shown so high at the peer's.
 *
 * @param shown px of the peer's screen; 0: nobody sees it; null: the peer does not say
 */
export function fit(height: number | null, shown: number | null): SenderLimits {
  if (shown === null) return {}
  if (shown === 0) return { paused: true }
  if (height === null || height === 0) return {}
  const scale = SCALES.find((one) => height / one >= shown)
  if (scale === undefined) return {}
  const rate = RATES.find(([least]) => height / scale <= least)?.[1]
  return rate === undefined ? { scale } : { scale, maxBitrate: rate }
}
