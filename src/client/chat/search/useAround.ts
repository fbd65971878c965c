import { computed, onScopeDispose, ref, shallowRef, type ComputedRef, type Ref } from 'vue'
import { AppError } from '#shared/errors.ts'
import { HISTORY_PAGE } from '#shared/limits.ts'
import { MessagePage } from '#shared/protocol/chat.ts'
import { useFeedStore } from '#client/feed/index.ts'
import { HTTP, injectAdapter } from '#client/platform/keys.ts'
import { useConversationsStore } from '../conversationsStore.ts'
import { withChange, withLater, withOlder, type History } from '../history.ts'

export interface Around {
  /** Null until it has come. */
  readonly history: Readonly<Ref<History | null>>
  readonly failure: Readonly<Ref<AppError | null>>
  /** There is something newer than what is shown. */
  readonly hasLater: ComputedRef<boolean>
  readonly load: () => Promise<void>
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
  const failure = ref<AppError | null>(null)
  const lastSeq = computed(() => history.value?.messages.at(-1)?.seq ?? 0)

  async function fetchBefore(before: number, join: (page: History) => History): Promise<void> {
    try {
      const path = `/api/conversations/${id}/messages?before=${String(before)}`
      history.value = join(await http.get(path, MessagePage))
      failure.value = null
    } catch (error) {
      if (!(error instanceof AppError)) throw error
      failure.value = error
    }
  }

  const load = (): Promise<void> => fetchBefore(seq + Math.ceil(HISTORY_PAGE / 2), (page) => page)

  async function loadOlder(): Promise<void> {
    const first = history.value?.messages[0]?.seq ?? 1
    if (first > 1) await fetchBefore(first, (page) => withOlder(history.value ?? page, page))
  }

  async function loadLater(): Promise<void> {
    const before = lastSeq.value + HISTORY_PAGE + 1
    await fetchBefore(before, (page) => withLater(history.value ?? page, page))
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
    hasLater: computed(
      () => history.value !== null && lastSeq.value < (conversations.byId.get(id)?.lastSeq ?? 0),
    ),
    load,
    loadOlder,
    loadLater,
  }
}
