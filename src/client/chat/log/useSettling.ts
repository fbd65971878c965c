import { useEventListener, useTimeoutFn } from '@vueuse/core'
import type { Ref } from 'vue'

/** What was just moved is measured by then, in ms. */
const SETTLING_MS = 300
/** By these a reader moves it. */
const ACTS = ['wheel', 'touchmove', 'keydown', 'pointerdown'] as const

/**
 * Whether a list moves by itself: it was told to go somewhere, and what it shows there is not
 * measured yet; until its reader moves it.
 */
export function useSettling(
  log: Readonly<Ref<HTMLElement | null>>,
  onSettled: () => void,
): {
  isSettling: Readonly<Ref<boolean>>
  settle: () => void
} {
  const { isPending, start, stop } = useTimeoutFn(onSettled, SETTLING_MS)
  useEventListener(log, [...ACTS], stop, { passive: true })
  return { isSettling: isPending, settle: start }
}
