import { watchDebounced } from '@vueuse/core'
import { computed, ref, shallowRef, type ComputedRef, type Ref } from 'vue'
import { AppError } from '#shared/errors.ts'
import { SEARCH_MAX_CHARS } from '#shared/limits.ts'
import type { MessageView } from '#shared/protocol/chat.ts'
import { SearchPage } from '#shared/protocol/search.ts'
import type { HttpClient } from '#client/platform/http/HttpClient.ts'
import { HTTP, injectAdapter } from '#client/platform/keys.ts'

/** What is looked for, as the server takes it; what is empty is left out. */
export type SearchFor = Readonly<
  Partial<Record<'text' | 'conversationId' | 'kind' | 'from' | 'until', string>>
>

export interface MessageSearch {
  /** The newest first; null: nothing has been asked. */
  readonly found: Readonly<Ref<readonly MessageView[] | null>>
  readonly isBusy: Readonly<Ref<boolean>>
  /** It is not asked for: nothing so long is looked for. */
  readonly isTooLong: ComputedRef<boolean>
  readonly failure: Readonly<Ref<AppError | null>>
  readonly hasMore: ComputedRef<boolean>
  readonly more: () => Promise<void>
  /** Ask once more what could not be answered. */
  readonly retry: () => Promise<void>
}

/** So long nobody types any more. */
const PAUSE_MS = 250
/** So many empty pages are passed over before it is left to a press. */
const EMPTY_MAX = 5

function pageOf(http: HttpClient, query: SearchFor, from: SearchPage['next']): Promise<SearchPage> {
  const wanted = Object.entries(query).filter(([, value]) => value !== '')
  const place = Object.entries(from ?? {}).map(([name, value]) => [name, String(value)])
  const params = new URLSearchParams([...wanted, ...place]).toString()
  return http.get(`/api/messages/search?${params}`, SearchPage)
}

/** Messages that the server finds while one types; a late answer to an old question is not shown. */
export function useMessageSearch(wanted: () => SearchFor | null): MessageSearch {
  const http = injectAdapter(HTTP)
  const found = shallowRef<readonly MessageView[] | null>(null)
  const next = shallowRef<SearchPage['next']>(null)
  const isBusy = ref(false)
  const failure = shallowRef<AppError | null>(null)
  const isTooLong = computed(() => (wanted()?.text ?? '').length > SEARCH_MAX_CHARS)
  let asked = 0

  async function ask(query: SearchFor, from: SearchPage['next']): Promise<void> {
    const mine = ++asked
    isBusy.value = true
    try {
      const page = await askOnce(query, from)
      if (mine !== asked) return
      found.value = [...(from === null ? [] : (found.value ?? [])), ...page.messages]
      next.value = page.next
      failure.value = null
    } catch (error) {
      if (!(error instanceof AppError)) throw error
      if (mine === asked) failure.value = error
    } finally {
      if (mine === asked) isBusy.value = false
    }
  }

  /** A page with something on it; the server may have looked for long and found nothing yet. */
  async function askOnce(query: SearchFor, from: SearchPage['next']): Promise<SearchPage> {
    let page = await pageOf(http, query, from)
    for (let tried = 1; tried < EMPTY_MAX; tried += 1) {
      if (page.messages.length > 0 || page.next === null) break
      page = await pageOf(http, query, page.next)
    }
    return page
  }

  async function start(): Promise<void> {
    const query = wanted()
    if (query !== null && !isTooLong.value) {
      await ask(query, null)
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
    isTooLong,
    failure,
    hasMore: computed(() => next.value !== null),
    async more() {
      const query = wanted()
      if (query !== null && next.value !== null) await ask(query, next.value)
    },
    retry: start,
  }
}
