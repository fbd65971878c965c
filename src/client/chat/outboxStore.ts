import { defineStore } from 'pinia'
import { uuidv7 } from 'uuidv7'
import { computed, shallowRef, watch } from 'vue'
import { useSessionStore } from '#client/accounts/index.ts'
import { useFeedStore } from '#client/feed/index.ts'
import { injectAdapter, SOCKET } from '#client/platform/keys.ts'
import { useHistoriesStore } from './historiesStore.ts'
import { nextOf, retried, withItem, type OutboxItem } from './outbox.ts'
import { createOutboxPump, type OutboxPump } from './outboxPump.ts'

const after = (ms: number, run: () => void): (() => void) => {
  const timer = setTimeout(run, ms)
  return () => {
    clearTimeout(timer)
  }
}

/** What was written here and is on its way; it goes out by itself when the server can be reached. */
export const useOutboxStore = defineStore('outbox', () => {
  const session = useSessionStore()
  const histories = useHistoriesStore()
  const socket = injectAdapter(SOCKET)
  const items = shallowRef<readonly OutboxItem[]>([])
  const byConversation = computed(() => Map.groupBy(items.value, (item) => item.conversationId))
  let pump: OutboxPump = createPump()

  function createPump(): OutboxPump {
    return createOutboxPump({
      next: () => nextOf(items.value),
      send: async ({ id, conversationId, text }) =>
        (await socket.request('chat.send', { id, conversationId, text })).message,
      onSent: (message) => {
        histories.take(message)
        remove(message.id)
      },
      onRefused: (item, failure) => {
        items.value = withItem(items.value, { ...item, failure })
      },
      after,
    })
  }

  function remove(id: string): void {
    items.value = items.value.filter((item) => item.id !== id)
  }

  /** Write a message; it is on screen at once. */
  function send(conversationId: string, text: string): void {
    const item = { id: uuidv7(), conversationId, text, createdAt: socket.serverNow() }
    items.value = [...items.value, { ...item, failure: null }]
    pump.wake()
  }

  /** Try what was refused once more. */
  function retry(id: string): void {
    items.value = retried(items.value, id)
    pump.wake()
  }

  watch(
    () => session.account?.id,
    () => {
      pump.stop()
      pump = createPump()
      items.value = []
    },
    { flush: 'sync' },
  )
  socket.onStatus((status) => {
    if (status === 'online') pump.wake()
  })
  useFeedStore().add({
    reload: () => Promise.resolve(),
    apply(entries) {
      for (const { entry } of entries) if (entry.kind === 'message') remove(entry.message.id)
    },
    clear: () => undefined,
  })

  return { items, byConversation, send, retry }
})
