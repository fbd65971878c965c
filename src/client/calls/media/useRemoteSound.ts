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
  /** The chosen speaker can't be had; the sound goes on where it did. */
  onSpeakerFailed: (error: AppError, inUse: string | null) => void
}): UseRemoteSoundReturn {
  const element = shallowRef<HTMLAudioElement | null>(null)
  const soundBlocked = ref(false)
  /** Where it sounds; the element begins on the system's own. */
  let inUse: string | null = null

  async function play(audio: HTMLAudioElement): Promise<void> {
    try {
      await audio.play()
      soundBlocked.value = false
    } catch (cause) {
      // Other failures (a new stream came meanwhile) are no matter of the user's.
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
      // Another choice, or the end of the call, came meanwhile: then this one is no matter any more.
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
