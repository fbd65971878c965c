import { computed, watch, type Ref } from 'vue'
import type { MediaAdapter } from '#client/platform/media/MediaAdapter.ts'
import type {
  ProcessorKind,
  TrackProcessors,
} from '#client/platform/media/processors/TrackProcessor.ts'
import type { ValueStorage } from '#client/platform/storage/ValueStorage.ts'
import { useProcessorsStore } from '../media/processorsStore.ts'
import type { UseLocalMediaReturn } from '../media/useLocalMedia.ts'
import { useProcessed, type UseProcessedReturn } from '../media/useProcessed.ts'
import type { ProcessorState } from '../words/callWords.ts'
import type { CallView } from '../view/useCall.ts'
import { readChosenProcessors, writeChosenProcessors } from './chosenProcessors.ts'

const KINDS = ['noise', 'blur'] as const

export interface UseProcessorsOptions {
  processors: TrackProcessors
  storage: ValueStorage
  local: Pick<UseLocalMediaReturn, 'microphone' | 'camera' | 'reopenMicrophone'>
  streamOf: MediaAdapter['streamOf']
}

export interface UseProcessorsReturn extends Pick<
  CallView,
  | 'processors'
  | 'processorsOffered'
  | 'processorsGivenUp'
  | 'switchProcessor'
  | 'dismissProcessor'
  | 'localVideo'
> {
  /** Microphone and camera as they are sent. */
  voice: Readonly<Ref<MediaStreamTrack | null>>
  picture: Readonly<Ref<MediaStreamTrack | null>>
}

/** Processes this side's audio and video, as chosen in this browser. */
export function useProcessors(options: UseProcessorsOptions): UseProcessorsReturn {
  const { processors, storage, local, streamOf } = options
  const store = useProcessorsStore()
  const processorsOffered = KINDS.filter((kind) => processors[kind].isSupported)
  rememberWanted(storage, processorsOffered)
  const raw = { noise: local.microphone, blur: local.camera }

  const treated: Readonly<Record<ProcessorKind, UseProcessedReturn>> = {
    noise: useProcessed({
      raw: raw.noise,
      processor: processors.noise,
      // Never on top of the browser's own: the microphone is opened again without it, see below.
      isOn: () => store.isOn('noise') && raw.noise.value?.getSettings().noiseSuppression !== true,
      holdsBack: false,
      onGivenUp: (why) => {
        store.giveUp('noise', why)
      },
    }),
    blur: useProcessed({
      raw: raw.blur,
      processor: processors.blur,
      isOn: () => store.isOn('blur'),
      // With blur chosen, the room must not be visible even while the processor loads.
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
  function stateOf(kind: ProcessorKind): ProcessorState {
    const trouble = store.troubles[kind]
    if (trouble !== undefined) return trouble
    if (!store.wanted[kind]) return 'off'
    return raw[kind].value === null || treated[kind].isTreated.value ? 'on' : 'starting'
  }

  return {
    voice: treated.noise.track,
    picture: treated.blur.track,
    processorsOffered,
    processors: computed(() => ({ noise: stateOf('noise'), blur: stateOf('blur') })),
    switchProcessor: store.want,
    processorsGivenUp: computed(() => store.unread),
    dismissProcessor: store.read,
    localVideo: computed(() => {
      const { value } = treated.blur.track
      return value === null ? null : streamOf(value)
    }),
  }
}

/** The choice is stored in this browser. */
function rememberWanted(storage: ValueStorage, offered: readonly ProcessorKind[]): void {
  const store = useProcessorsStore()
  const remembered = readChosenProcessors(storage)
  for (const kind of offered) store.want(kind, remembered[kind])
  watch(
    () => store.wanted,
    (wanted) => {
      writeChosenProcessors(storage, wanted)
    },
  )
}
