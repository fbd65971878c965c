import { useEventListener } from '@vueuse/core'
import type { Ref } from 'vue'

/** Esc leaves the innermost dialog only, and a key that is held down presses no button twice. */
export function useDialogKeys(dialog: Readonly<Ref<HTMLElement | null>>, leave: () => void): void {
  useEventListener(dialog, 'keydown', (event: KeyboardEvent) => {
    if (event.key === 'Escape') {
      event.stopPropagation()
      leave()
    }
    if (event.repeat && event.key === 'Enter' && event.target instanceof HTMLButtonElement) {
      event.preventDefault()
    }
  })
}
