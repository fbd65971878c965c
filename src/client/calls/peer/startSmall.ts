/** How much smaller the first pictures are, and for how long. */
const FIRST_SCALE = 3
const FULL_SIZE_AFTER_MS = 800

/**
 * Let the first pictures of a camera be small: a small key frame is encoded, paced and decoded in a
 * fraction of the time, so the peer sees a face sooner; a moment later it is sharp (calls.md 5).
 *
 * @returns the function that calls the growing off
 */
export function startSmall(sender: RTCRtpSender): () => void {
  void scale(sender, FIRST_SCALE)
  const timer = setTimeout(() => void scale(sender, 1), FULL_SIZE_AFTER_MS)
  return () => {
    clearTimeout(timer)
  }
}

async function scale(sender: RTCRtpSender, scaleResolutionDownBy: number): Promise<void> {
  try {
    const parameters = sender.getParameters()
    for (const encoding of parameters.encodings) {
      encoding.scaleResolutionDownBy = scaleResolutionDownBy
    }
    await sender.setParameters(parameters)
  } catch {
    // Nothing was negotiated yet, the connection closed, or another change came between: the size
    // stays as it is.
  }
}
