import { shallowRef, type ShallowRef } from 'vue'
import { AppError } from '#shared/errors.ts'
import type { MediaAdapter, ScreenCapture } from '#client/platform/media/MediaAdapter.ts'

export interface UseScreenOptions {
  media: Pick<MediaAdapter, 'openScreen'>
  onFailure: (error: AppError) => void
}

export interface UseScreenReturn {
  picture: Readonly<ShallowRef<MediaStreamTrack | null>>
  /** The sound of what is shared; null where it has none. */
  sound: Readonly<ShallowRef<MediaStreamTrack | null>>
  /** The browser asks the user what to share. */
  isAsking: Readonly<ShallowRef<boolean>>
  start(): void
  stop(): void
}

/** What this side shares of its screen. Ends also by the browser's own stop button. */
export function useScreen({ media, onFailure }: UseScreenOptions): UseScreenReturn {
  const picture = shallowRef<MediaStreamTrack | null>(null)
  const sound = shallowRef<MediaStreamTrack | null>(null)
  const isAsking = shallowRef(false)
  let opening: Promise<ScreenCapture | null> | null = null

  function take(capture: ScreenCapture): void {
    // A window that was closed while the user still chose; it says so no second time.
    if (capture.picture.readyState === 'ended') {
      end(capture)
      return
    }
    // Letters stay sharp, however little the path carries.
    capture.picture.contentHint = 'detail'
    if (capture.sound !== null) capture.sound.contentHint = 'music'
    capture.picture.addEventListener('ended', () => {
      if (picture.value === capture.picture) stop()
    })
    capture.sound?.addEventListener('ended', () => {
      if (sound.value === capture.sound) sound.value = null
    })
    picture.value = capture.picture
    sound.value = capture.sound
  }

  function start(): void {
    if (isAsking.value || picture.value !== null) return
    isAsking.value = true
    const mine = media.openScreen()
    opening = mine
    mine.then(
      (capture) => {
        // Stopped, or the call is over, while the user chose: nobody may be left looking.
        if (opening !== mine) {
          if (capture !== null) end(capture)
          return
        }
        isAsking.value = false
        if (capture !== null) take(capture)
      },
      (cause: unknown) => {
        if (opening !== mine) return
        isAsking.value = false
        onFailure(cause instanceof AppError ? cause : new AppError('media/other', { cause }))
      },
    )
  }

  function stop(): void {
    opening = null
    isAsking.value = false
    const shown = { picture: picture.value, sound: sound.value }
    picture.value = null
    sound.value = null
    shown.picture?.stop()
    shown.sound?.stop()
  }

  return { picture, sound, isAsking, start, stop }
}

function end({ picture, sound }: ScreenCapture): void {
  picture.stop()
  sound?.stop()
}
