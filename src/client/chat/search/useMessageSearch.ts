import { watchDebounced } from '@vueuse/core'
import { computed, ref, shallowRef, type ComputedRef, type Ref } from 'vue'
import { AppError } from '#shared/errors.ts'
import type { MessageView } from '#shared/protocol/chat.ts'
import { SearchPage } from '#shared/protocol/search.ts'
import { HTTP, injectAdapter } from '#client/platform/keys.ts'

/** What is looked for, as the server takes it; what is empty is left out. */
export type SearchFor = Readonly<
  Partial<Record<'text' | 'conversationId' | 'kind' | 'from' | 'until', string>>
>

export interface MessageSearch {
  /** The newest first; null: nothing has been asked. */
  readonly found: Readonly<Ref<readonly MessageView[] | null>>
  readonly isBusy: Readonly<Ref<boolean>>
  readonly failure: Readonly<Ref<AppError | null>>
  readonly hasMore: ComputedRef<boolean>
  readonly more: () => Promise<void>
  /** Ask once more what could not be answered. */
  readonly retry: () => Promise<void>
}

/** So long nobody types any more. */
const PAUSE_MS = 250

/** Messages that the server finds while one types; a late answer to an old question is not shown. */
export function useMessageSearch(wanted: () => SearchFor | null): MessageSearch {
  const http = injectAdapter(HTTP)
  const found = shallowRef<readonly MessageView[] | null>(null)
  const next = ref<number | null>(null)
  const isBusy = ref(false)
  const failure = shallowRef<AppError | null>(null)
  let asked = 0

  async function ask(query: SearchFor, skip: number): Promise<void> {
    const mine = ++asked
    isBusy.value = true
    try {
      const params = Object.entries(query).filter(([, value]) => value !== '')
      const text = new URLSearchParams([...params, ['skip', String(skip)]]).toString()
      const page = await http.get(`/api/messages/search?${text}`, SearchPage)
      if (mine !== asked) return
      found.value = [...(skip === 0 ? [] : (found.value ?? [])), ...page.messages]
      next.value = page.next
      failure.value = null
    } catch (error) {
      if (!(error instanceof AppError)) throw error
      if (mine === asked) failure.value = error
    } finally {
      if (mine === asked) isBusy.value = false
    }
  }

  async function start(): Promise<void> {
    const query = wanted()
    if (query !== null) {
      await ask(query, 0)
      return
    }
    asked += 1
    isBusy.value = false
    found.value = null
    next.value = null
    failure.value = null
  }

  watchDebounced(() => JSON.stringify(wanted()), start, { debounce: PAUSE_MS, immediate: true })

  return {
    found,
    isBusy,
    failure,
    hasMore: computed(() => next.value !== null),
    async more() {
      const query = wanted()
      if (query !== null && next.value !== null) await ask(query, next.value)
    },
    retry: start,
  }
}
