import { onScopeDispose, shallowRef, watch, type Ref, type ShallowRef } from 'vue'
import type {
  TrackProcessor,
  ProcessedTrack,
} from '#client/platform/media/processors/TrackProcessor.ts'
import { createLoadWatch } from './tooSlow.ts'

type Track = Readonly<Ref<MediaStreamTrack | null>>

export interface UseProcessedOptions {
  raw: Track
  processor: Pick<TrackProcessor, 'treat'>
  isOn: () => boolean
  /** A track that is new is not shown before it is treated; where that fails, it is shown all the same. */
  holdsBack: boolean
  /** It gives itself up; `isOn` has to become false. */
  onGivenUp: (why: 'failed' | 'slow') => void
}

export interface UseProcessedReturn {
  /** The treated track, or the raw one while there is no treatment. */
  track: Readonly<ShallowRef<MediaStreamTrack | null>>
  isTreated: Readonly<ShallowRef<boolean>>
}

/** A track with a processor on it. What was there stays until the next is there, so that there is no hole. */
export function useProcessed(options: UseProcessedOptions): UseProcessedReturn {
  const { raw, processor, isOn, holdsBack, onGivenUp } = options
  const track = shallowRef<MediaStreamTrack | null>(null)
  const isTreated = shallowRef(false)
  let treated: ProcessedTrack | null = null
  /** Whatever was begun before the last change is void. */
  let turn = 0

  function show(next: MediaStreamTrack | null, by: ProcessedTrack | null): void {
    const before = treated
    treated = by
    isTreated.value = by !== null
    track.value = next
    before?.stop()
  }

  function giveUp(source: MediaStreamTrack, why: 'failed' | 'slow'): void {
    turn += 1
    show(source, null)
    onGivenUp(why)
  }

  function start(source: MediaStreamTrack): void {
    const mine = turn
    const giveUpUnlessVoid = (why: 'failed' | 'slow') => (): void => {
      if (mine === turn) giveUp(source, why)
    }
    const onBroken = giveUpUnlessVoid('failed')
    const onLoad = createLoadWatch(giveUpUnlessVoid('slow'))
    processor.treat(source, { onLoad, onBroken }).then((next) => {
      if (mine !== turn) {
        next.stop()
        return
      }
      show(next.track, next)
    }, onBroken)
  }

  watch(
    // A getter: of a shallow ref among several sources Vue takes every run for a change.
    [() => raw.value, isOn] as const,
    ([source, on], [before]) => {
      turn += 1
      if (source === null || !on) {
        show(source, null)
        return
      }
      if (!holdsBack && source !== before) show(source, null)
      start(source)
    },
    { flush: 'sync', immediate: true },
  )
  onScopeDispose(() => {
    turn += 1
    treated?.stop()
  })

  return { track, isTreated }
}
