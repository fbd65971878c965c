import type {
  ProcessorHandlers,
  TrackProcessor,
} from '#client/platform/media/processors/TrackProcessor.ts'
import { asTrack, FakeTrack } from '../peer/FakeTrack.ts'

/** One track that came to be treated; the test lets it succeed, fail or be too much. */
export interface Treatment extends ProcessorHandlers {
  readonly source: MediaStreamTrack
  /** What comes out, from now on. */
  finish(): FakeTrack
  fail(): void
  /** For so many seconds the work takes this share of the time there is. */
  take(share: number, seconds: number): void
}

export interface FakeProcessor extends TrackProcessor {
  readonly treatments: Treatment[]
}

/** An effect that does nothing, when the test wants it to. */
export function createFakeProcessor({ isSupported = true } = {}): FakeProcessor {
  const treatments: Treatment[] = []
  let at = 0
  return {
    isSupported,
    treatments,
    treat(source, hearers) {
      const answer = Promise.withResolvers<{ track: MediaStreamTrack; stop: () => void }>()
      const out = new FakeTrack(source.kind === 'audio' ? 'audio' : 'video')
      treatments.push({
        ...hearers,
        source,
        finish() {
          answer.resolve({
            track: asTrack(out),
            stop() {
              out.stop()
            },
          })
          return out
        },
        fail() {
          answer.reject(new Error('nothing came'))
        },
        take(share, seconds) {
          for (let second = 0; second < seconds; second += 1) {
            at += 1_000
            hearers.onLoad({ at, share })
          }
        },
      })
      return answer.promise
    },
  }
}
