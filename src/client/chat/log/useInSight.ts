import type { VirtualizerHandle } from 'virtua/vue'
import { nextTick, ref, watch, type Ref } from 'vue'

/** So much of the end of a message may still be out of sight, in CSS px. */
const HIDDEN_MAX = 8

export interface InSightOptions {
  readonly list: Readonly<Ref<VirtualizerHandle | null>>
  /** The seqs of what is drawn, in order; null: it has none yet. */
  readonly seqs: () => readonly (number | null)[]
  /** The seq of the last message, drawn or not, where nothing comes after it; null: something does. */
  readonly last: () => number | null
}

/** Up to which message a log is in sight: it and all above it have been, or could have been, read. */
export function useInSight({ list, seqs, last }: InSightOptions): {
  inSight: Readonly<Ref<number>>
  look: () => void
} {
  const inSight = ref(0)

  function look(): void {
    const { value: handle } = list
    const all = seqs()
    if (handle === null || handle.viewportSize === 0 || all.length === 0) return
    let index = lastInSight(handle, all.length)
    const isEnd = index === all.length - 1
    while (index >= 0 && all[index] === null) index -= 1
    const seq = all[index] ?? null
    if (seq !== null) inSight.value = (isEnd ? last() : null) ?? seq
  }

  watch(
    seqs,
    async () => {
      await nextTick()
      look()
    },
    { immediate: true },
  )
  return { inSight, look }
}

/** Index of the last item that is in sight down to its end; -1: none is. */
function lastInSight(handle: VirtualizerHandle, count: number): number {
  const bottom = handle.scrollOffset + handle.viewportSize + HIDDEN_MAX
  let index = Math.min(handle.findItemIndex(bottom), count - 1)
  while (index >= 0 && handle.getItemOffset(index) + handle.getItemSize(index) > bottom) index -= 1
  return index
}
