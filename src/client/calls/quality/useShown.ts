import { computed, onScopeDispose, ref, shallowRef, type ComputedRef } from 'vue'
import type { Shows } from '#shared/protocol/peerState.ts'
import type { Page } from '#client/platform/page/Page.ts'

/** A picture of the peer on this screen. */
export interface ShownPicture {
  /** px of the screen, not of the page. */
  readonly height: number
  /** It floats above all windows (picture in picture), also when this page is hidden. */
  readonly floats: boolean
}

export interface UseShownReturn {
  shows: ComputedRef<Shows>
  /** null: there is no such picture just now. */
  reportShown: (kind: keyof Shows, shown: ShownPicture | null) => void
}

/** The size of a window that floats is the system's; this is a usual one. */
const FLOATING_HEIGHT = 360

/** How high the peer's pictures are shown here, so that it sends no more than is seen. */
export function useShown(page: Pick<Page, 'isVisible' | 'onVisibility'>): UseShownReturn {
  const isVisible = ref(page.isVisible)
  onScopeDispose(
    page.onVisibility((now) => {
      isVisible.value = now
    }),
  )
  const reported = shallowRef<Readonly<Record<keyof Shows, ShownPicture | null>>>({
    camera: null,
    screen: null,
  })

  function heightOf(shown: ShownPicture | null): number | null {
    if (shown === null) return null
    if (shown.floats) return Math.max(FLOATING_HEIGHT, Math.round(shown.height))
    return isVisible.value ? Math.round(shown.height) : 0
  }

  return {
    shows: computed(() => ({
      camera: heightOf(reported.value.camera),
      screen: heightOf(reported.value.screen),
    })),
    reportShown(kind, shown) {
      reported.value = { ...reported.value, [kind]: shown }
    },
  }
}
