import { describe, expect, it } from 'vitest'
import { createEfficientVideo } from '#client/platform/peer/createEfficientVideo.ts'

type Capabilities = Exclude<Parameters<typeof createEfficientVideo>[0], undefined>

/** A browser in which a chip makes and shows just these codecs. */
function browserWith(encoders: readonly string[], decoders: readonly string[]): Capabilities {
  const answer = (names: readonly string[], { video }: MediaEncodingConfiguration) => ({
    supported: true,
    smooth: true,
    powerEfficient: names.some((name) => video?.contentType === `video/${name}`),
  })
  return {
    encodingInfo: (asked) => Promise.resolve(answer(encoders, asked)),
    decodingInfo: (asked) =>
      Promise.resolve({ ...answer(decoders, { ...asked, type: 'webrtc' }), keySystemAccess: null }),
  }
}

const settled = () => new Promise((resolve) => setTimeout(resolve, 0))

describe('the codecs that a chip makes', () => {
  it('are those that it both sends and shows, the best first', async () => {
    const efficient = createEfficientVideo(
      browserWith(['VP8', 'H264', 'AV1'], ['H264', 'VP8', 'VP9']),
    )
    expect(efficient()).toEqual([])
    await settled()
    expect(efficient()).toEqual(['H264', 'VP8'])
  })

  it('are none where the browser can not tell', async () => {
    const refusing = createEfficientVideo({
      encodingInfo: () => Promise.reject(new TypeError('webrtc?')),
      decodingInfo: () => Promise.reject(new TypeError('webrtc?')),
    })
    const silent = createEfficientVideo(undefined)
    await settled()
    expect([refusing(), silent()]).toEqual([[], []])
  })
})
