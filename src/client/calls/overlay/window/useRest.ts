import { useEventListener, useTimeoutFn } from '@vueuse/core'
import { readonly, ref, toValue, watch, type MaybeRefOrGetter, type Ref } from 'vue'

export interface RestOptions {
  readonly isEnabled: MaybeRefOrGetter<boolean>
  /** Asked when the time is over: somebody may be in the middle of something. */
  readonly mayRest: () => boolean
  readonly afterMs?: number
}

/** A picture that slides under a still mouse makes the browser report a move of nothing. */
const isStill = (event: Event): boolean =>
  event.type === 'pointermove' &&
  event instanceof PointerEvent &&
  event.movementX === 0 &&
  event.movementY === 0

/** True while nobody has touched the element for a while, so that its controls may go away. */
export function useRest(
  element: Readonly<Ref<HTMLElement | null>>,
  { isEnabled, mayRest, afterMs = 4_000 }: RestOptions,
): Readonly<Ref<boolean>> {
  const isResting = ref(false)

  const { start, stop } = useTimeoutFn(
    () => {
      if (mayRest()) isResting.value = true
      else start()
    },
    afterMs,
    { immediate: false },
  )

  function wake(event?: Event): void {
    if (event !== undefined && isStill(event)) return
    isResting.value = false
    if (toValue(isEnabled)) start()
    else stop()
  }

  useEventListener(element, ['pointermove', 'pointerdown', 'focusin'], wake)
  // Keys count wherever they are pressed: the keys of the call do, too.
  useEventListener('keydown', wake)
  watch(
    () => toValue(isEnabled),
    () => wake(),
    { immediate: true },
  )

  return readonly(isResting)
}
