import { computed, watch, type Ref } from 'vue'
import type { MediaAdapter } from '#client/platform/media/MediaAdapter.ts'
import type { EffectKind, TrackEffects } from '#client/platform/media/TrackEffect.ts'
import type { ValueStorage } from '#client/platform/storage/ValueStorage.ts'
import { useEffectsStore } from '../effectsStore.ts'
import type { UseLocalMediaReturn } from '../media/useLocalMedia.ts'
import { useTreated, type UseTreatedReturn } from '../media/useTreated.ts'
import type { CallView, EffectState } from '../useCall.ts'
import { readChosenEffects, writeChosenEffects } from './chosenEffects.ts'

const KINDS = ['noise', 'blur'] as const

export interface UseEffectsOptions {
  effects: TrackEffects
  storage: ValueStorage
  local: Pick<UseLocalMediaReturn, 'microphone' | 'camera' | 'reopenMicrophone'>
  streamOf: MediaAdapter['streamOf']
}

export interface UseEffectsReturn extends Pick<
  CallView,
  'effects' | 'effectsOffered' | 'effectsGivenUp' | 'switchEffect' | 'dismissEffect' | 'localVideo'
> {
  /** Microphone and camera as they are sent. */
  voice: Readonly<Ref<MediaStreamTrack | null>>
  picture: Readonly<Ref<MediaStreamTrack | null>>
}

/** What is done to this side's voice and picture, by what is wanted on this machine. */
export function useEffects(options: UseEffectsOptions): UseEffectsReturn {
  const { effects, storage, local, streamOf } = options
  const store = useEffectsStore()
  const effectsOffered = KINDS.filter((kind) => effects[kind].isSupported)
  rememberWanted(storage, effectsOffered)
  const raw = { noise: local.microphone, blur: local.camera }

  const treated: Readonly<Record<EffectKind, UseTreatedReturn>> = {
    noise: useTreated({
      raw: raw.noise,
      effect: effects.noise,
      // Never on top of the browser's own: the microphone is opened anew without it, see below.
      isOn: () => store.isOn('noise') && raw.noise.value?.getSettings().noiseSuppression !== true,
      holdsBack: false,
      onGivenUp: (why) => {
        store.giveUp('noise', why)
      },
    }),
    blur: useTreated({
      raw: raw.blur,
      effect: effects.blur,
      isOn: () => store.isOn('blur'),
      // Who wants the room not to be seen, is not shown in it for the moment that loading takes.
      holdsBack: true,
      onGivenUp: (why) => {
        store.giveUp('blur', why)
      },
    }),
  }

  watch(
    () => store.isOn('noise'),
    () => {
      if (raw.noise.value !== null) local.reopenMicrophone()
    },
    { flush: 'sync' },
  )
  function stateOf(kind: EffectKind): EffectState {
    const trouble = store.troubles[kind]
    if (trouble !== undefined) return trouble
    if (!store.wanted[kind]) return 'off'
    return raw[kind].value === null || treated[kind].isTreated.value ? 'on' : 'starting'
  }

  return {
    voice: treated.noise.track,
    picture: treated.blur.track,
    effectsOffered,
    effects: computed(() => ({ noise: stateOf('noise'), blur: stateOf('blur') })),
    switchEffect: store.want,
    effectsGivenUp: computed(() => store.unread),
    dismissEffect: store.read,
    localVideo: computed(() => {
      const { value } = treated.blur.track
      return value === null ? null : streamOf(value)
    }),
  }
}

/** What is wanted stays so on this machine, from page to page. */
function rememberWanted(storage: ValueStorage, offered: readonly EffectKind[]): void {
  const store = useEffectsStore()
  const remembered = readChosenEffects(storage)
  for (const kind of offered) store.want(kind, remembered[kind])
  watch(
    () => store.wanted,
    (wanted) => {
      writeChosenEffects(storage, wanted)
    },
  )
}
