import { AppError } from '#shared/errors.ts'

export interface LocalTrackOptions {
  onTrack: (track: MediaStreamTrack | null) => void
  onFailure: (error: AppError) => void
  onLost: () => void
}

/** A place for one live track. Whoever fills it or empties it makes everything before it void. */
export interface LocalTrack {
  /** A track is here or on its way. */
  readonly isFilled: boolean
  /** The old track stays until the new one is there, so that replacing leaves no hole. */
  fill(opening: Promise<MediaStreamTrack>): void
  empty(): void
}

export function createLocalTrack({ onTrack, onFailure, onLost }: LocalTrackOptions): LocalTrack {
  let current: MediaStreamTrack | null = null
  let opening: Promise<MediaStreamTrack> | null = null

  function replace(track: MediaStreamTrack | null): void {
    const old = current
    current = track
    onTrack(track)
    old?.stop()
  }

  function take(track: MediaStreamTrack): void {
    if (track.readyState === 'ended') {
      // Gone before it was here; it says so no second time.
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
      opening = next
      next.then(
        (track) => {
          // The call ended, or another wish came, while the browser asked the user: nobody may
          // be left listening.
          if (opening !== next) {
            track.stop()
            return
          }
          opening = null
          take(track)
        },
        (cause: unknown) => {
          if (opening !== next) return
          opening = null
          onFailure(cause instanceof AppError ? cause : new AppError('media/other', { cause }))
        },
      )
    },
    empty() {
      opening = null
      replace(null)
    },
  }
}
