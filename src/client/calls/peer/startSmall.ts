import { tuneSender } from './senderTuning.ts'

/** How much smaller the first pictures are, and for how long. */
const FIRST_SCALE = 3
const FULL_SIZE_AFTER_MS = 800

/**
 * Let the first pictures of a camera be small: a small key frame is encoded, paced and decoded in a
 * fraction of the time, so the peer sees a face sooner; a moment later it is sharp (decision 4).
 *
 * @returns the function that calls the growing off
 */
export function startSmall(sender: RTCRtpSender): () => void {
  void tuneSender(sender, 'start', { scale: FIRST_SCALE })
  const timer = setTimeout(() => void tuneSender(sender, 'start', {}), FULL_SIZE_AFTER_MS)
  return () => {
    clearTimeout(timer)
  }
}
