import { onScopeDispose, shallowRef, watch, type Ref, type ShallowRef } from 'vue'
import type { SoundMix, SoundMixer } from '#client/platform/media/SoundMixer.ts'

type Track = Readonly<Ref<MediaStreamTrack | null>>

/**
 * The one audio track that is sent: the microphone, or its mix with the sound of the shared screen.
 * A muted microphone is silence in the mix, so that muting means the same with and without one.
 */
export function useSentSound(
  microphone: Track,
  shared: Track,
  mixer: SoundMixer,
): Readonly<ShallowRef<MediaStreamTrack | null>> {
  const sent = shallowRef<MediaStreamTrack | null>(null)
  let mix: SoundMix | null = null

  function unmix(): void {
    mix?.stop()
    mix = null
  }

  watch(
    [microphone, shared],
    ([voice, sound]) => {
      const before = mix
      mix = sound === null ? null : mixer(voice === null ? [sound] : [voice, sound])
      sent.value = mix === null ? voice : mix.track
      // Only now, so that there is always a track.
      before?.stop()
    },
    { flush: 'sync', immediate: true },
  )
  onScopeDispose(unmix)
  return sent
}
