import { useElementSize, useWindowSize } from '@vueuse/core'
import {
  computed,
  shallowRef,
  toValue,
  type ComputedRef,
  type MaybeRefOrGetter,
  type Ref,
} from 'vue'
import { useDrag, type Point } from './useDrag.ts'

export interface MovableOptions {
  /** Where a drag may begin; anywhere on the target when left out. */
  readonly handle?: Readonly<Ref<HTMLElement | null>>
  readonly isEnabled?: MaybeRefOrGetter<boolean>
}

export interface Movable {
  /** Its place in the window; empty until the user has moved it. */
  readonly style: ComputedRef<Readonly<Record<string, string>>>
  /** Arrow keys move it, in larger steps with Shift. */
  readonly handleArrow: (event: KeyboardEvent) => void
}

const STEP_PX = 16
const LARGE_STEP_PX = 96

const ARROWS: Readonly<Record<string, Point>> = {
  ArrowLeft: { x: -1, y: 0 },
  ArrowRight: { x: 1, y: 0 },
  ArrowUp: { x: 0, y: -1 },
  ArrowDown: { x: 0, y: 1 },
}

const clamp = (value: number, max: number): number => Math.max(0, Math.min(value, max))

/** Lets the user move a fixed element by pointer or arrow keys, and never out of the window. */
export function useMovable(
  target: Readonly<Ref<HTMLElement | null>>,
  { handle, isEnabled = true }: MovableOptions = {},
): Movable {
  const wanted = shallowRef<Point | null>(null)
  const view = useWindowSize({ includeScrollbar: false })
  const size = useElementSize(target, undefined, { box: 'border-box' })

  useDrag(target, { handle, isEnabled, onDrag: (to) => void (wanted.value = to) })

  function handleArrow(event: KeyboardEvent): void {
    const way = ARROWS[event.key]
    const box = target.value?.getBoundingClientRect()
    if (way === undefined || box === undefined || !toValue(isEnabled)) return
    event.preventDefault()
    const step = event.shiftKey ? LARGE_STEP_PX : STEP_PX
    wanted.value = { x: box.left + way.x * step, y: box.top + way.y * step }
  }

  const style = computed((): Record<string, string> => {
    if (wanted.value === null || !toValue(isEnabled)) return {}
    const left = clamp(wanted.value.x, view.width.value - size.width.value)
    const top = clamp(wanted.value.y, view.height.value - size.height.value)
    return { inset: `${top}px auto auto ${left}px`, margin: '0' }
  })

  return { style, handleArrow }
}
