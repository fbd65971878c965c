import { computed, nextTick, ref, shallowRef, type ComputedRef, type Ref } from 'vue'
import { useDrag, type Point } from './useDrag.ts'

/** Row first, so that CSS can treat `top-…` and `bottom-…` alike. */
export type Corner = 'top-left' | 'top-right' | 'bottom-left' | 'bottom-right'

export interface CornersOptions {
  readonly container: Readonly<Ref<HTMLElement | null>>
  /** How long it glides into its corner; 0 where the user wants less motion. */
  readonly glideMs: Readonly<Ref<number>>
}

export interface Corners {
  readonly corner: Readonly<Ref<Corner>>
  /** Where it is while it is dragged; empty when it rests in its corner. */
  readonly style: ComputedRef<Readonly<Record<string, string>>>
  /** Arrow keys send it to the next corner. */
  readonly handleArrow: (event: KeyboardEvent) => void
}

const cornerAt = (isTop: boolean, isLeft: boolean): Corner =>
  `${isTop ? 'top' : 'bottom'}-${isLeft ? 'left' : 'right'}`

function nearestCorner(tile: DOMRect, around: DOMRect): Corner {
  const isTop = tile.top + tile.height / 2 < around.top + around.height / 2
  return cornerAt(isTop, tile.left + tile.width / 2 < around.left + around.width / 2)
}

function neighbour(corner: Corner, key: string): Corner {
  const isTop = key === 'ArrowUp' || (key !== 'ArrowDown' && corner.startsWith('top'))
  return cornerAt(isTop, key === 'ArrowLeft' || (key !== 'ArrowRight' && corner.endsWith('left')))
}

/** Lets the user drag a tile inside its container; let go, it snaps to the nearest corner. */
export function useCorners(
  tile: Readonly<Ref<HTMLElement | null>>,
  { container, glideMs }: CornersOptions,
): Corners {
  const corner = ref<Corner>('top-right')
  const dragged = shallowRef<Point | null>(null)

  async function settle(next: Corner): Promise<void> {
    const before = tile.value?.getBoundingClientRect()
    corner.value = next
    dragged.value = null
    await nextTick()
    const after = tile.value?.getBoundingClientRect()
    if (before === undefined || after === undefined || glideMs.value === 0) return
    const from = `translate(${before.left - after.left}px, ${before.top - after.top}px)`
    tile.value?.animate([{ transform: from }, { transform: 'none' }], {
      duration: glideMs.value,
      easing: 'ease-out',
    })
  }

  useDrag(tile, {
    container,
    onDrag: (to) => void (dragged.value = to),
    onDrop() {
      const box = tile.value?.getBoundingClientRect()
      const around = container.value?.getBoundingClientRect()
      if (box && around) void settle(nearestCorner(box, around))
    },
  })

  function handleArrow(event: KeyboardEvent): void {
    if (!event.key.startsWith('Arrow')) return
    event.preventDefault()
    void settle(neighbour(corner.value, event.key))
  }

  const style = computed((): Record<string, string> => {
    if (dragged.value === null) return {}
    return { inset: `${dragged.value.y}px auto auto ${dragged.value.x}px` }
  })

  return { corner, style, handleArrow }
}
