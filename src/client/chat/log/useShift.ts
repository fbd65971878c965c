import { ref, watch, type Ref } from 'vue'

/** Whether entries have come or gone at the start: then what is in sight keeps its place by the end. */
export function useShift(ids: () => readonly string[]): Readonly<Ref<boolean>> {
  const isShift = ref(false)
  // Before it is drawn: it must be known by then.
  watch(
    ids,
    (next, before) => {
      isShift.value = next[0] !== before[0] && next.at(-1) === before.at(-1)
    },
    { flush: 'pre' },
  )
  return isShift
}
