import { AppError } from '#shared/errors.ts'
import type { TrackProcessor } from './TrackProcessor.ts'

/** The voice without what is around it, by a small neural network (RNNoise) in the thread of the sound. */
export const createNoiseSuppressor = (view: Window & typeof globalThis): TrackProcessor => ({
  // There is no worklet on an insecure origin.
  isSupported: 'AudioWorkletNode' in view && 'WebAssembly' in view,
  async treat(track, hearers) {
    try {
      const { suppressNoise } = await import('./suppressNoise.ts')
      return await suppressNoise(view, track, hearers)
    } catch (cause) {
      throw new AppError('media/processor-failed', { cause })
    }
  },
})
