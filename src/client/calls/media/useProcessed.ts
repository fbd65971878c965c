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
  /** Hold a new track back until it is processed; if that fails, it is shown unprocessed. */
  holdsBack: boolean
  /** The processor gives up; `isOn` has to become false. */
  onGivenUp: (why: 'failed' | 'slow') => void
}

export interface UseProcessedReturn {
  /** The processed track, or the raw one while nothing processes it. */
  track: Readonly<ShallowRef<MediaStreamTrack | null>>
  isTreated: Readonly<ShallowRef<boolean>>
}

/** A track with a processor on it. The old track stays until the new one is there, so that there is no gap. */
export function useProcessed(options: UseProcessedOptions): UseProcessedReturn {
  const { raw, processor, isOn, holdsBack, onGivenUp } = options
  const track = shallowRef<MediaStreamTrack | null>(null)
  const isTreated = shallowRef(false)
  let treated: ProcessedTrack | null = null
  /** Everything started before the last change is cancelled. */
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
    // A getter: with a shallow ref among several sources, Vue takes every run for a change.
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
