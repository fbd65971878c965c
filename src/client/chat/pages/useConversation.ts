import { computed, onScopeDispose, ref, watch, type ComputedRef, type Ref } from 'vue'
import type { UserView } from '#shared/protocol/accounts.ts'
import type { ConversationView } from '#shared/protocol/chat.ts'
import type { GroupView } from '#shared/protocol/groups.ts'
import { useContactsStore } from '#client/contacts/index.ts'
import { useCoverStore } from '#client/layout/index.ts'
import { injectAdapter, PAGE } from '#client/platform/keys.ts'
import { useConversationsStore } from '../conversations/conversationsStore.ts'
import type { OpenConversation } from '../log/openConversation.ts'
import { isMessage } from '../outbox/outbox.ts'
import { useOutboxStore } from '../outbox/outboxStore.ts'
import { NOTHING_RECEIVED } from '../timeline/shown.ts'
import { useShownHistory, type ShownHistory } from '../timeline/useShownHistory.ts'

export interface UseConversationReturn extends OpenConversation, ShownHistory {
  readonly peer: ComputedRef<UserView | null>
  readonly group: ComputedRef<GroupView | null>
  /** Nothing is known of it, and nothing more will come. */
  readonly isMissing: ComputedRef<boolean>
  /** The messages up to a seq are in sight. */
  readonly see: (seq: number) => void
  /** Send once more what could not be sent. */
  readonly retry: (id: string) => void
}

/** The conversation on screen; what is in sight is read while somebody looks. */
export function useConversation(id: string): UseConversationReturn {
  const conversations = useConversationsStore()
  const contacts = useContactsStore()
  const shown = useShownHistory(id)
  const { history } = shown
  const outbox = useOutboxStore()
  const isAttentive = useAttention()
  const inSight = ref(0)
  const newAfter = useNewAfter(() => conversations.byId.get(id))
  const mentions = useUnreadMentions(() => conversations.byId.get(id))

  const conversation = computed(() => conversations.byId.get(id))
  const contact = computed(() => contacts.byConversation.get(id))
  const peer = computed(() => conversation.value?.peer ?? contact.value ?? null)
  const group = computed(() => conversation.value?.group ?? null)
  const waiting = computed(() => outbox.byConversation.get(id) ?? [])
  const receipt = computed(() => conversation.value ?? NOTHING_RECEIVED)
  const isMissing = computed(
    () =>
      peer.value === null && group.value === null && conversations.isLoaded && contacts.isLoaded,
  )

  const isMarked = (): boolean => conversation.value?.settings.isMarkedUnread ?? false

  watch(
    () => isAttentive.value && history.value !== undefined && inSight.value,
    (seen) => {
      if (seen === false) return
      conversations.markRead(id, seen, history.value?.messages)
      // Nobody pressed anything: where it can't be said now, the mark stays.
      if (isMarked()) conversations.change(id, { isMarkedUnread: false }).catch(() => undefined)
    },
    { immediate: true },
  )

  // Who writes further up wants to see it.
  watch(
    () => waiting.value.findLast(isMessage)?.id,
    (written) => {
      if (written !== undefined && history.value?.hasLater === true) void shown.returnToNewest()
    },
  )

  return {
    ...shown,
    peer,
    group,
    waiting,
    receipt,
    newest: computed(() => conversation.value?.lastSeq ?? 0),
    newAfter,
    mentions,
    isMissing,
    see: (seq) => {
      inSight.value = seq
    },
    retry: outbox.retry,
  }
}

/** Whether somebody is looking: the tab is visible and focused, and no call covers it. */
function useAttention(): ComputedRef<boolean> {
  const page = injectAdapter(PAGE)
  const cover = useCoverStore()
  const isVisible = ref(page.isVisible)
  const isFocused = ref(page.isFocused)
  const stops = [
    page.onVisibility((next) => {
      isVisible.value = next
    }),
    page.onFocus((next) => {
      isFocused.value = next
    }),
  ]
  onScopeDispose(() => {
    for (const stop of stops) stop()
  })
  return computed(() => isVisible.value && isFocused.value && !cover.isCovered)
}

/** Where the new messages began when the conversation was opened, before they are read. */
function useNewAfter(find: () => ConversationView | undefined): Readonly<Ref<number | null>> {
  const newAfter = ref<number | null>(null)
  const stop = watch(
    find,
    (conversation) => {
      if (conversation === undefined) return
      if (conversation.unread > 0) newAfter.value = conversation.readSeq
      void Promise.resolve().then(() => {
        stop()
      })
    },
    { immediate: true, flush: 'sync' },
  )
  return newAfter
}

/** What mentions me, also after it was counted as read. */
function useUnreadMentions(
  find: () => ConversationView | undefined,
): Readonly<Ref<readonly number[]>> {
  const mentions = ref<readonly number[]>([])
  watch(
    () => find()?.mentionedSeqs ?? [],
    (seqs) => {
      if (seqs.length === 0) return
      mentions.value = [...new Set([...mentions.value, ...seqs])].sort((a, b) => a - b)
    },
    { immediate: true, flush: 'sync' },
  )
  return mentions
}
