import { computed, nextTick, onScopeDispose, shallowRef, type Ref } from 'vue'
import type { AppError } from '#shared/errors.ts'
import { HISTORY_PAGE } from '#shared/limits.ts'
import { MessagePage } from '#shared/protocol/chat.ts'
import { useFeedStore } from '#client/feed/index.ts'
import { HTTP, injectAdapter } from '#client/platform/keys.ts'
import { useConversationsStore } from '../conversationsStore.ts'
import {
  withChange,
  withLater,
  withOlder,
  withoutEnd,
  withoutStart,
  type History,
  type Page,
} from '../history.ts'
import { useFailure } from '../useFailure.ts'

export interface Around {
  /** Null until it has come. */
  readonly history: Readonly<Ref<History | null>>
  readonly failure: Readonly<Ref<AppError | null>>
  readonly load: () => Promise<void>
  /** The same around another one. */
  readonly loadAround: (at: number) => Promise<void>
  readonly loadOlder: () => Promise<void>
  readonly loadLater: () => Promise<void>
}

/**
 * The messages around one of long ago. This browser does not keep them: what it keeps of a
 * conversation has no holes.
 */
export function useAround(id: string, seq: number): Around {
  const http = injectAdapter(HTTP)
  const conversations = useConversationsStore()
  const history = shallowRef<History | null>(null)
  const { failure, attempt } = useFailure()
  const lastSeq = computed(() => history.value?.messages.at(-1)?.seq ?? 0)

  const fetchBefore = (before: number, join: (page: Page) => History): Promise<void> =>
    attempt(show(before, join))

  async function show(before: number, join: (page: Page) => History): Promise<void> {
    const path = `/api/conversations/${id}/messages?before=${String(before)}`
    history.value = join(await http.get(path, MessagePage))
  }

  const newest = (): number => conversations.byId.get(id)?.lastSeq ?? 0
  const around = (page: Page): History => ({
    ...page,
    hasLater: (page.messages.at(-1)?.seq ?? 0) < newest(),
  })

  const loadAround = (at: number): Promise<void> =>
    fetchBefore(at + Math.ceil(HISTORY_PAGE / 2), around)
  const load = (): Promise<void> => loadAround(seq)

  /** Once what has come is shown: a list can follow one end at a time. */
  async function letGo(shorten: (known: History) => History): Promise<void> {
    await nextTick()
    if (history.value !== null) history.value = shorten(history.value)
  }

  async function loadOlder(): Promise<void> {
    const first = history.value?.messages[0]?.seq ?? 1
    if (first <= 1) return
    await fetchBefore(first, (page) => withOlder(history.value ?? around(page), page))
    await letGo(withoutEnd)
  }

  async function loadLater(): Promise<void> {
    const before = lastSeq.value + HISTORY_PAGE + 1
    await fetchBefore(before, (page) => withLater(history.value ?? around(page), page, newest()))
    await letGo(withoutStart)
  }

  const stop: () => void = useFeedStore().onItems((items) => {
    for (const { entry } of items) {
      const isHere = entry.kind === 'changed' && entry.message.conversationId === id
      if (isHere && history.value !== null) {
        history.value = withChange(history.value, entry.message)
      }
    }
  })
  onScopeDispose(stop)
  void load()

  return {
    history,
    failure,
    load,
    loadAround,
    loadOlder,
    loadLater,
  }
}
