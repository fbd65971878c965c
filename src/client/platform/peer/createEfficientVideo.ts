import type { EfficientVideo } from './EfficientVideo.ts'

/** From the one that makes the most of a bit to the one that makes the least. */
const CODECS = ['AV1', 'VP9', 'H264', 'VP8']
/** A usual picture of a call: 720p, bit/s. */
const PICTURE = { width: 1280, height: 720, bitrate: 1_500_000, framerate: 30 }

/** Asks the browser once what it sends and shows with little power (W3C Media Capabilities). */
export function createEfficientVideo(
  capabilities: Pick<MediaCapabilities, 'encodingInfo' | 'decodingInfo'> | undefined,
): EfficientVideo {
  let known: readonly string[] = []

  const isEfficient = async (codec: string): Promise<boolean> => {
    if (capabilities === undefined) return false
    const asked = { type: 'webrtc', video: { ...PICTURE, contentType: `video/${codec}` } } as const
    try {
      const both = await Promise.all([
        capabilities.encodingInfo(asked),
        capabilities.decodingInfo(asked),
      ])
      return both.every(({ supported, powerEfficient }) => supported && powerEfficient)
    } catch {
      // A browser that does not know the question: its own order is as good as any.
      return false
    }
  }

  void Promise.all(CODECS.map(isEfficient)).then((answers) => {
    known = CODECS.filter((_, index) => answers[index])
  })
  return () => known
}
