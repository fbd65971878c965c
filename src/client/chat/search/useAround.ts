import { computed, onScopeDispose, shallowReactive, type ComputedRef, type Ref } from 'vue'
import type { AppError } from '#shared/errors.ts'
import { MessagePage } from '#shared/protocol/chat.ts'
import { useFeedStore } from '#client/feed/index.ts'
import { HTTP, injectAdapter } from '#client/platform/keys.ts'
import { useConversationsStore } from '../conversations/conversationsStore.ts'
import { withChange, type History } from '../history/history.ts'
import { createHistoryLoading } from '../history/historyLoading.ts'
import { useFailure } from '../outbox/useFailure.ts'

export interface Around {
  /** Null until it has come. */
  readonly history: ComputedRef<History | null>
  readonly failure: Readonly<Ref<AppError | null>>
  readonly load: () => Promise<void>
  /** The same around another one. */
  readonly loadAround: (at: number) => Promise<void>
  readonly loadOlder: () => Promise<void>
  readonly loadLater: () => Promise<void>
}

/** The messages around one of long ago, beside what is shown of the conversation itself. */
export function useAround(id: string, seq: number): Around {
  const http = injectAdapter(HTTP)
  const conversations = useConversationsStore()
  const shown = shallowReactive(new Map<string, History>())
  const { failure, attempt } = useFailure()
  const loading = createHistoryLoading({
    open: () => shown,
    pages: {
      kept: () => Promise.resolve(null),
      fetch: (_, before) =>
        http.get(`/api/conversations/${id}/messages?before=${String(before)}`, MessagePage),
    },
    find: (one) => conversations.byId.get(one),
  })
  const loadAround = (at: number): Promise<void> => attempt(loading.loadAround(id, at))
  const load = (): Promise<void> => loadAround(seq)

  const stop: () => void = useFeedStore().onItems((items) => {
    for (const { entry } of items) {
      const known = shown.get(id)
      const isHere = entry.kind === 'changed' && entry.message.conversationId === id
      if (isHere && known !== undefined) shown.set(id, withChange(known, entry.message))
    }
  })
  onScopeDispose(stop)
  void load()

  return {
    history: computed(() => shown.get(id) ?? null),
    failure,
    load,
    loadAround,
    loadOlder: () => attempt(loading.loadOlder(id)),
    loadLater: () => attempt(loading.loadLater(id)),
  }
}
