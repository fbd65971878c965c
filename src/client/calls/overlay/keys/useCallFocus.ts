import { nextTick, watch, type Ref } from 'vue'
import { isTyping } from './isTyping.ts'

export interface CallFocusOptions {
  /** What the overlay shows: when it changes, the button that had the focus is gone. */
  readonly view: () => string
  /** Whether the user may go on typing beside the overlay: then an incoming call lets them. */
  readonly mayTypeOn: () => boolean
}

export interface CallFocus {
  /** The overlay opens or comes back from the pill. */
  readonly handleOpen: (event: Event) => void
  /** The overlay is gone. */
  readonly handleClose: (event: Event) => void
}

/** Keeps the focus on the main button of the overlay, and leaves it alone when it is elsewhere. */
export function useCallFocus(
  root: Readonly<Ref<HTMLElement | null>>,
  { view, mayTypeOn }: CallFocusOptions,
): CallFocus {
  const focused = (): Element | null => root.value?.ownerDocument.activeElement ?? null

  function isElsewhere(): boolean {
    const element = focused()
    if (element === null || element === element.ownerDocument.body) return false
    return root.value?.closest('[data-call-layer]')?.contains(element) !== true
  }

  function focusMain(): void {
    const main = root.value?.querySelector<HTMLElement>('[data-main]') ?? root.value
    main?.focus({ preventScroll: true })
  }

  watch(view, async () => {
    if (isElsewhere()) return
    await nextTick()
    focusMain()
  })

  function handleOpen(event: Event): void {
    event.preventDefault()
    // An Enter meant for a message must not answer a call.
    if (!(mayTypeOn() && isTyping(focused()))) focusMain()
  }

  function handleClose(event: Event): void {
    if (isElsewhere()) event.preventDefault()
  }

  return { handleOpen, handleClose }
}
