import { useEventListener } from '@vueuse/core'
import { nextTick, type Ref } from 'vue'
import { useRouter } from 'vue-router'
import { injectAdapter, PAGE } from '#client/platform/keys.ts'

/** Where a search is, when the list at hand has none. */
const SEARCH_PATH = '/contacts'

export interface SearchKeyOptions {
  readonly list: Readonly<Ref<HTMLElement | null>>
}

/** Ctrl+K, on a Mac Cmd+K, goes to the search of the list, or to the one among the contacts. */
export function useSearchKey({ list }: SearchKeyOptions): void {
  const router = useRouter()
  const isMeta = injectAdapter(PAGE).shortcutKey === 'Meta'

  const isSearchKey = ({ key, ctrlKey, metaKey, altKey, shiftKey }: KeyboardEvent): boolean =>
    key.toLowerCase() === 'k' &&
    (isMeta ? metaKey && !ctrlKey : ctrlKey && !metaKey) &&
    !altKey &&
    !shiftKey

  function focus(): boolean {
    const field = list.value?.querySelector<HTMLInputElement>('[data-search]') ?? null
    // On a phone it lies below the page in front, and takes no focus there.
    field?.focus()
    field?.select()
    return field !== null && field === field.ownerDocument.activeElement
  }

  async function search(): Promise<void> {
    if (focus()) return
    await router.push(SEARCH_PATH)
    await nextTick()
    focus()
  }

  useEventListener('keydown', (event) => {
    if (event.defaultPrevented || event.isComposing || !isSearchKey(event)) return
    // The browser's own Ctrl+K goes to its address bar.
    event.preventDefault()
    void search()
  })
}
