import { computed, onScopeDispose, watch, type ComputedRef, type Ref } from 'vue'
import type { AppError } from '#shared/errors.ts'
import { useConnectionStore } from '#client/accounts/index.ts'
import { useConversationsStore } from '../conversations/conversationsStore.ts'
import type { History } from '../history/history.ts'
import { useHistoriesStore } from '../history/historiesStore.ts'
import { useFailure } from '../outbox/useFailure.ts'

export interface ShownHistory {
  readonly history: ComputedRef<History | undefined>
  /** Why the messages could not be fetched. */
  readonly failure: Readonly<Ref<AppError | null>>
  readonly loadNewest: () => Promise<void>
  readonly loadOlder: () => Promise<void>
  readonly loadLater: () => Promise<void>
  readonly loadAround: (seq: number) => Promise<void>
  readonly returnToNewest: () => Promise<void>
}

/** The messages of the conversation on screen: fetched, and again when the server is back. */
export function useShownHistory(id: string): ShownHistory {
  const histories = useHistoriesStore()
  const conversations = useConversationsStore()
  const connection = useConnectionStore()
  const { failure, attempt } = useFailure()
  const history = computed(() => histories.histories.get(id))

  const loadNewest = (): Promise<void> => attempt(histories.loadNewest(id))
  onScopeDispose(() => {
    histories.rest(id)
  })

  watch(
    () => history.value === undefined,
    (isUnknown) => {
      if (isUnknown) void loadNewest()
    },
    { immediate: true },
  )
  // The server is back; a socket that has not noticed that it was gone shows it by what comes.
  watch([() => connection.status, () => conversations.byId.get(id)?.lastSeq], ([status]) => {
    const isDue = failure.value !== null
    if (status === 'online' && isDue) void loadNewest()
  })

  return {
    history,
    failure,
    loadNewest,
    loadOlder: () => attempt(histories.loadOlder(id)),
    loadLater: () => attempt(histories.loadLater(id)),
    loadAround: (seq) => attempt(histories.loadAround(id, seq)),
    returnToNewest: () => attempt(histories.returnToNewest(id)),
  }
}
