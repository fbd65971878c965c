import { computed, onScopeDispose, ref, watch, type ComputedRef, type Ref } from 'vue'
import { AppError } from '#shared/errors.ts'
import type { UserView } from '#shared/protocol/accounts.ts'
import { useContactsStore } from '#client/contacts/index.ts'
import { injectAdapter, PAGE } from '#client/platform/keys.ts'
import { useConversationsStore } from './conversationsStore.ts'
import type { History } from './history.ts'
import { useHistoriesStore } from './historiesStore.ts'
import type { OutboxItem } from './outbox.ts'
import { useOutboxStore } from './outboxStore.ts'
import type { Receipt } from './shown.ts'

export interface OpenConversation {
  readonly peer: ComputedRef<UserView | null>
  readonly history: ComputedRef<History | undefined>
  /** What was written here and is on its way. */
  readonly waiting: ComputedRef<readonly OutboxItem[]>
  /** How far the other one has got and read it. */
  readonly receipt: ComputedRef<Receipt>
  /** Why the messages could not be fetched. */
  readonly failure: Readonly<Ref<AppError | null>>
  /** Nothing is known of it, and nothing more will come. */
  readonly isMissing: ComputedRef<boolean>
  readonly loadNewest: () => Promise<void>
  readonly loadOlder: () => Promise<void>
  /** Send once more what could not be sent. */
  readonly retry: (id: string) => void
}

const NOTHING_YET: Receipt = { peerReceivedSeq: 0, peerReadSeq: 0 }

/** The conversation on screen: fetched, fetched again when online, read while it is seen. */
export function useConversation(id: string): OpenConversation {
  const conversations = useConversationsStore()
  const contacts = useContactsStore()
  const histories = useHistoriesStore()
  const outbox = useOutboxStore()
  const page = injectAdapter(PAGE)
  const failure = ref<AppError | null>(null)
  const isVisible = ref(page.isVisible)

  const conversation = computed(() => conversations.byId.get(id))
  const contact = computed(() => contacts.byConversation.get(id))
  const peer = computed(() => conversation.value?.peer ?? contact.value ?? null)
  const history = computed(() => histories.histories.get(id))
  const waiting = computed(() => outbox.byConversation.get(id) ?? [])
  const receipt = computed(() => conversation.value ?? NOTHING_YET)
  const isMissing = computed(
    () => peer.value === null && conversations.isLoaded && contacts.isLoaded,
  )

  async function attempt(work: Promise<void>): Promise<void> {
    try {
      await work
      failure.value = null
    } catch (error) {
      if (!(error instanceof AppError)) throw error
      failure.value = error
    }
  }

  const loadNewest = (): Promise<void> => attempt(histories.loadNewest(id))
  const loadOlder = (): Promise<void> => attempt(histories.loadOlder(id))

  watch(
    () => history.value === undefined,
    (isUnknown) => {
      if (isUnknown) void loadNewest()
    },
    { immediate: true },
  )
  onScopeDispose(
    page.onVisibility((next) => {
      isVisible.value = next
    }),
  )
  watch(
    () => isVisible.value && history.value !== undefined && (conversation.value?.lastSeq ?? 0),
    (seen) => {
      if (seen !== false) conversations.markRead(id)
    },
    { immediate: true },
  )

  return {
    peer,
    history,
    waiting,
    receipt,
    failure,
    isMissing,
    loadNewest,
    loadOlder,
    retry: outbox.retry,
  }
}
