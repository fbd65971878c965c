import { computed, onScopeDispose, ref, shallowReactive, type Ref } from 'vue'
import { useRouter } from 'vue-router'
import type { AppError } from '#shared/errors.ts'
import { MessagePage } from '#shared/protocol/chat.ts'
import { useFeedStore } from '#client/feed/index.ts'
import { HTTP, injectAdapter } from '#client/platform/keys.ts'
import { useConversationsStore } from '../conversations/conversationsStore.ts'
import { withChange, type History } from '../history/history.ts'
import { createHistoryLoading } from '../history/historyLoading.ts'
import type { OpenConversation } from '../log/openConversation.ts'
import { useFailure } from '../outbox/useFailure.ts'
import { NOTHING_RECEIVED } from '../timeline/shown.ts'

export interface Around extends OpenConversation {
  readonly failure: Readonly<Ref<AppError | null>>
  readonly load: () => Promise<void>
}

/** The messages around one of long ago, beside what is shown of the conversation itself. */
export function useAround(id: string, seq: number): Around {
  const http = injectAdapter(HTTP)
  const router = useRouter()
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

  const conversation = computed(() => conversations.byId.get(id))
  return {
    history: computed(() => shown.get(id)),
    waiting: ref([]),
    receipt: computed(() => conversation.value ?? NOTHING_RECEIVED),
    newest: computed(() => conversation.value?.lastSeq ?? 0),
    newAfter: ref(null),
    mentions: ref([]),
    failure,
    load,
    loadAround,
    loadOlder: () => attempt(loading.loadOlder(id)),
    loadLater: () => attempt(loading.loadLater(id)),
    async returnToNewest() {
      await router.push(`/chats/${id}`)
    },
  }
}
