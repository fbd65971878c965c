import { AppError } from '#shared/errors.ts'
import type { Segmenter } from './segmenter.ts'
import type { TrackProcessor } from './TrackProcessor.ts'

/** The shortest module with an instruction of 128 bits: the only build that we ship has them. */
const SIMD = new Uint8Array([
  0, 97, 115, 109, 1, 0, 0, 0, 1, 5, 1, 96, 0, 1, 123, 3, 2, 1, 0, 10, 10, 1, 8, 0, 65, 0, 253, 15,
  253, 98, 11,
])

/** Whoever sits before the camera, and what is behind them blurred (MediaPipe's selfie segmentation). */
export function createBackgroundBlur(view: Window & typeof globalThis): TrackProcessor {
  let loading: Promise<Segmenter> | null = null

  /** A second to start and 6 MB: once for a page, however often the camera goes off and on. */
  function load(): Promise<Segmenter> {
    loading ??= import('./segmenter.ts')
      .then(({ loadSegmenter }) => loadSegmenter(view))
      .catch((cause: unknown) => {
        loading = null
        throw cause
      })
    return loading
  }

  return {
    isSupported:
      'WebAssembly' in view &&
      WebAssembly.validate(SIMD) &&
      'WebGL2RenderingContext' in view &&
      'captureStream' in view.HTMLCanvasElement.prototype,
    async treat(track, hearers) {
      try {
        const [{ blurBackground }, segmenter] = await Promise.all([
          import('./blurBackground.ts'),
          load(),
        ])
        return await blurBackground(view, { track, segmenter, hearers })
      } catch (cause) {
        throw new AppError('media/processor-failed', { cause })
      }
    },
  }
}
