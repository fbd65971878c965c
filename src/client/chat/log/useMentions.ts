import { useEventListener } from '@vueuse/core'
import { computed, nextTick, reactive, watch, type ComputedRef, type Ref } from 'vue'

export interface UseMentionsReturn {
  /** The first message that mentions me and that I have not seen; null: there is none. */
  readonly next: ComputedRef<number | null>
  /** The user was led to it. */
  readonly pass: (seq: number) => void
}

/** The messages of a log that mention me, until each has been in sight. @param seqs of such messages, in order */
export function useMentions(
  log: Readonly<Ref<HTMLElement | null>>,
  seqs: () => readonly number[],
): UseMentionsReturn {
  const seen = reactive(new Set<number>())
  const left = computed(() => seqs().filter((seq) => !seen.has(seq)))

  function isInSight(seq: number): boolean {
    const { value: element } = log
    const row = element?.querySelector(`[data-seq="${String(seq)}"]`)
    if (!element || !row) return false
    const [view, place] = [element.getBoundingClientRect(), row.getBoundingClientRect()]
    return place.bottom > view.top && place.top < view.bottom
  }

  function look(): void {
    for (const seq of left.value) if (isInSight(seq)) seen.add(seq)
  }

  useEventListener(log, 'scroll', look, { passive: true })
  watch(
    seqs,
    async () => {
      // Where it will stand is known when it stands there, and the log has followed it.
      await nextTick()
      await nextTick()
      look()
    },
    { immediate: true },
  )

  return {
    next: computed(() => left.value[0] ?? null),
    pass: (seq) => seen.add(seq),
  }
}
