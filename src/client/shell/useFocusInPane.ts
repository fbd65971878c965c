import { watch, type Ref } from 'vue'
import { useRoute } from 'vue-router'

export interface FocusInPaneOptions {
  readonly list: Readonly<Ref<HTMLElement | null>>
  readonly detail: Readonly<Ref<HTMLElement | null>>
  /** The detail is what the address asks for. */
  readonly hasDetail: Readonly<Ref<boolean>>
}

/** On a phone the detail lies over the list. */
const isOver = (detail: HTMLElement): boolean => getComputedStyle(detail).position === 'absolute'

const titleOf = (pane: HTMLElement): HTMLElement | null => pane.querySelector('[data-page-title]')

/** Nowhere, or on a phone in the page that is not shown. */
function isLost(shown: HTMLElement, detail: HTMLElement): boolean {
  const { activeElement, body } = document
  if (activeElement === null || activeElement === body) return true
  return isOver(detail) && !shown.contains(activeElement)
}

/** The focus goes with the user: into the page that slides in, and back to what led there. */
export function useFocusInPane({ list, detail, hasDetail }: FocusInPaneOptions): void {
  const route = useRoute()

  watch(
    () => route.path,
    (_, before) => {
      if (list.value === null || detail.value === null) return
      const shown = hasDetail.value ? detail.value : list.value
      if (!isLost(shown, detail.value)) return
      const origin = list.value.querySelector<HTMLElement>(`a[href="${CSS.escape(before)}"]`)
      const target = hasDetail.value ? titleOf(shown) : (origin ?? titleOf(shown))
      target?.focus({ preventScroll: true })
    },
    { flush: 'post' },
  )
}
