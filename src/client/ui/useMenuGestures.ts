import type { ReferenceElement } from 'reka-ui'

/** How long a finger has to rest, in ms; as long as the systems have it. */
const LONG_PRESS_MS = 500
/** A finger that moves so far scrolls, in CSS px. */
const MOVED = 10

/** Listeners to put on an element. */
export interface MenuGestures {
  readonly onContextmenu: (event: MouseEvent) => void
  readonly onPointerdown: (event: PointerEvent) => void
  readonly onPointermove: (event: PointerEvent) => void
  readonly onPointerup: () => void
  readonly onPointercancel: () => void
  readonly onClickCapture: (event: MouseEvent) => void
}

/**
 * What asks for the menu of something: the right button, or a finger that rests on it, also where the
 * browser makes no `contextmenu` of that (Safari).
 */
export function useMenuGestures(open: (at: ReferenceElement) => void): MenuGestures {
  let timer: ReturnType<typeof setTimeout> | undefined
  let start = { x: 0, y: 0 }
  let isOpenedByFinger = false

  const stop = (): void => {
    clearTimeout(timer)
  }

  return {
    onContextmenu(event) {
      // Whoever has marked text wants to copy that.
      if (window.getSelection()?.isCollapsed === false) return
      event.preventDefault()
      stop()
      open(pointAt(event.clientX, event.clientY))
    },
    onPointerdown({ pointerType, clientX: x, clientY: y }) {
      stop()
      isOpenedByFinger = false
      if (pointerType === 'mouse') return
      start = { x, y }
      timer = setTimeout(() => {
        isOpenedByFinger = true
        open(pointAt(x, y))
      }, LONG_PRESS_MS)
    },
    onPointermove({ clientX, clientY }) {
      if (Math.hypot(clientX - start.x, clientY - start.y) > MOVED) stop()
    },
    onPointerup: stop,
    onPointercancel: stop,
    // The finger that has opened the menu is lifted: that is no press on what is below.
    onClickCapture(event) {
      if (!isOpenedByFinger) return
      isOpenedByFinger = false
      event.preventDefault()
      event.stopPropagation()
    },
  }
}

/** A place on the screen, as an element without a size. */
const pointAt = (x: number, y: number): ReferenceElement => ({
  getBoundingClientRect: () => new DOMRect(x, y, 0, 0),
})
