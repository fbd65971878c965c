import { shallowRef, type ShallowRef } from 'vue'
import { AppError } from '#shared/errors.ts'
import type { MediaAdapter, ScreenCapture } from '#client/platform/media/MediaAdapter.ts'

export interface UseScreenOptions {
  media: Pick<MediaAdapter, 'openScreen'>
  onFailure: (error: AppError) => void
}

export interface UseScreenReturn {
  picture: Readonly<ShallowRef<MediaStreamTrack | null>>
  /** The sound of the shared screen; null if it has none. */
  sound: Readonly<ShallowRef<MediaStreamTrack | null>>
  /** The browser asks the user what to share. */
  isAsking: Readonly<ShallowRef<boolean>>
  start(): void
  stop(): void
}

/** The screen that this side shares. The browser's own stop button ends it too. */
export function useScreen({ media, onFailure }: UseScreenOptions): UseScreenReturn {
  const picture = shallowRef<MediaStreamTrack | null>(null)
  const sound = shallowRef<MediaStreamTrack | null>(null)
  const isAsking = shallowRef(false)
  let opening: Promise<ScreenCapture | null> | null = null

  function take(capture: ScreenCapture): void {
    // The window was closed while the user was choosing; it fires no second event.
    if (capture.picture.readyState === 'ended') {
      end(capture)
      return
    }
    // Text stays sharp, however slow the path is.
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
        // Stopped, or the call ended, while the user was choosing: nobody may go on watching.
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
