import { ref, shallowRef, watch, watchEffect, type Ref } from 'vue'
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
}): UseRemoteSoundReturn {
  const element = shallowRef<HTMLAudioElement | null>(null)
  const soundBlocked = ref(false)

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
  watchEffect(() => {
    const id = options.speakerId()
    if (element.value === null || !options.media.canChooseSpeaker) return
    // A speaker that is gone: the system's own goes on sounding.
    options.media.setSpeaker(element.value, id).catch(() => undefined)
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
