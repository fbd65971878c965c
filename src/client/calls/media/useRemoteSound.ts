import { ref, shallowRef, watch, watchEffect, type Ref } from 'vue'
import { AppError } from '#shared/errors.ts'
import type { MediaAdapter } from '#client/platform/media/MediaAdapter.ts'
import type { Sound } from '#client/platform/sound/Sound.ts'

export interface UseRemoteSoundReturn {
  soundBlocked: Readonly<Ref<boolean>>
  unlockSound(): void
  attachRemoteAudio(element: HTMLAudioElement | null): void
}

/** The peer's voice in one audio element, on the chosen speaker, or blocked until a click. */
export function useRemoteSound(options: {
  media: MediaAdapter
  sound: Sound
  stream: Readonly<Ref<MediaStream | null>>
  speakerId: () => string | null
  /** The chosen speaker cannot be used; the sound stays where it was. */
  onSpeakerFailed: (error: AppError, inUse: string | null) => void
}): UseRemoteSoundReturn {
  const element = shallowRef<HTMLAudioElement | null>(null)
  const soundBlocked = ref(false)
  /** The speaker in use; the element starts on the system's. */
  let inUse: string | null = null

  async function play(audio: HTMLAudioElement): Promise<void> {
    try {
      await audio.play()
      soundBlocked.value = false
    } catch (cause) {
      // Other failures (a new stream arrived meanwhile) do not concern the user.
      if (cause instanceof DOMException && cause.name === 'NotAllowedError')
        soundBlocked.value = true
    }
  }

  watch([element, options.stream], ([audio, stream]) => {
    if (stream === null) soundBlocked.value = false
    if (audio === null) return
    audio.srcObject = stream
    if (stream !== null) void play(audio)
  })
  async function moveTo(audio: HTMLAudioElement, id: string | null): Promise<void> {
    try {
      await options.media.setSpeaker(audio, id)
      if (audio === element.value) inUse = id
    } catch (cause) {
      // Another choice or the end of the call came first: this one no longer matters.
      if (audio !== element.value || id !== options.speakerId() || id === inUse) return
      const error = cause instanceof AppError ? cause : new AppError('media/other', { cause })
      options.onSpeakerFailed(error, inUse)
    }
  }

  watch(element, () => {
    inUse = null
  })
  watchEffect(() => {
    const id = options.speakerId()
    if (element.value === null || !options.media.canChooseSpeaker) return
    void moveTo(element.value, id)
  })

  return {
    soundBlocked,
    unlockSound() {
      void options.sound.unlock()
      if (element.value !== null) void play(element.value)
    },
    attachRemoteAudio(audio) {
      element.value = audio
    },
  }
}
