import { useElementSize } from '@vueuse/core'
import { shallowRef, watch, type Ref } from 'vue'

/** How high the buttons at the foot are, whichever view of the call shows them. */
export function useFootHeight(
  root: Readonly<Ref<HTMLElement | null>>,
  view: () => string,
): Readonly<Ref<number>> {
  const foot = shallowRef<HTMLElement | null>(null)
  watch(
    [root, view],
    () => (foot.value = root.value?.querySelector<HTMLElement>('[data-controls]') ?? null),
    { flush: 'post' },
  )
  return useElementSize(foot, undefined, { box: 'border-box' }).height
}
