import { useDraggable, useEventListener } from '@vueuse/core'
import { toValue, type MaybeRefOrGetter, type Ref } from 'vue'

export interface Point {
  readonly x: number
  readonly y: number
}

export interface DragOptions {
  /** Where a drag may begin; anywhere on the target when left out. */
  readonly handle?: Readonly<Ref<HTMLElement | null>> | undefined
  /** What the target stays inside of, and its points count from; the window when left out. */
  readonly container?: Readonly<Ref<HTMLElement | null>>
  readonly isEnabled?: MaybeRefOrGetter<boolean>
  /** Where the left top corner of the target is to be. */
  readonly onDrag: (to: Point) => void
  readonly onDrop?: () => void
}

/** A pointer that moves less than this has tapped. */
const TAP_PX = 4

/** The buttons of a title bar are pressed, not dragged; but its grip is both. */
const isOtherButton = (pressedOn: EventTarget | null): boolean =>
  pressedOn instanceof Element && pressedOn.closest('button:not([data-grip])') !== null

/** Tells drags of an element from taps: a drag moves it, and its last click presses nothing. */
export function useDrag(
  target: Readonly<Ref<HTMLElement | null>>,
  { handle, container, isEnabled = true, onDrag, onDrop }: DragOptions,
): void {
  let pressed: Point = { x: 0, y: 0 }
  let isDrag = false

  useDraggable(target, {
    handle: handle ?? target,
    containerElement: container,
    disabled: () => !toValue(isEnabled),
    onStart(_, event) {
      isDrag = false
      if (handle !== undefined && isOtherButton(event.target)) return false
      pressed = { x: event.clientX, y: event.clientY }
      return undefined
    },
    onMove({ x, y }, event) {
      isDrag ||= Math.hypot(event.clientX - pressed.x, event.clientY - pressed.y) > TAP_PX
      if (isDrag) onDrag({ x, y })
    },
    onEnd() {
      if (isDrag) onDrop?.()
    },
  })

  useEventListener(
    handle ?? target,
    'click',
    (event: MouseEvent) => {
      // A key presses a button with a click, too: one of no detail, and no end of a drag.
      if (isDrag && event.detail > 0) event.stopPropagation()
    },
    { capture: true },
  )
}
