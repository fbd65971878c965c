import type { LevelMeterFactory } from './LevelMeter.ts'

/** Loudness by an analyser of the page's AudioContext. Speech at a usual distance reads about 0.5. */
export const createLevelMeterFactory =
  (context: () => AudioContext): LevelMeterFactory =>
  (track) => {
    const source = context().createMediaStreamSource(new MediaStream([track]))
    const analyser = context().createAnalyser()
    analyser.fftSize = 512
    source.connect(analyser)
    const samples = new Float32Array(analyser.fftSize)
    return {
      read() {
        analyser.getFloatTimeDomainData(samples)
        const energy = samples.reduce((sum, sample) => sum + sample * sample, 0) / samples.length
        return Math.min(1, Math.sqrt(energy) * 6)
      },
      stop() {
        source.disconnect()
      },
    }
  }
