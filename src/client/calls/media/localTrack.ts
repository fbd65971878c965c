import { AppError } from '#shared/errors.ts'

export interface LocalTrackOptions {
  onTrack: (track: MediaStreamTrack | null) => void
  onFailure: (error: AppError) => void
  onLost: () => void
  /** Whether a track is being opened. */
  onOpening: (isOpening: boolean) => void
}

/** Holds one live track. Filling or emptying it cancels everything that was started before. */
export interface LocalTrack {
  /** A track is here or being opened. */
  readonly isFilled: boolean
  /** The old track stays until the new one is there, so that there is no gap. */
  fill(opening: Promise<MediaStreamTrack>): void
  empty(): void
}

export function createLocalTrack(options: LocalTrackOptions): LocalTrack {
  const { onTrack, onFailure, onLost, onOpening } = options
  let current: MediaStreamTrack | null = null
  let opening: Promise<MediaStreamTrack> | null = null

  function waitFor(next: Promise<MediaStreamTrack> | null): void {
    opening = next
    onOpening(next !== null)
  }

  function replace(track: MediaStreamTrack | null): void {
    const old = current
    current = track
    onTrack(track)
    old?.stop()
  }

  function take(track: MediaStreamTrack): void {
    if (track.readyState === 'ended') {
      // It ended before it arrived, and fires no second event.
      onLost()
      return
    }
    track.addEventListener('ended', () => {
      if (current !== track) return
      replace(null)
      onLost()
    })
    replace(track)
  }

  return {
    get isFilled() {
      return current !== null || opening !== null
    },
    fill(next) {
      waitFor(next)
      next.then(
        (track) => {
          // The call ended, or another request came, while the browser asked the user: nobody may
          // be left listening.
          if (opening !== next) {
            track.stop()
            return
          }
          take(track)
          waitFor(null)
        },
        (cause: unknown) => {
          if (opening !== next) return
          waitFor(null)
          onFailure(cause instanceof AppError ? cause : new AppError('media/other', { cause }))
        },
      )
    },
    empty() {
      waitFor(null)
      replace(null)
    },
  }
}
