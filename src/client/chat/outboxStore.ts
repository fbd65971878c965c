import { defineStore } from 'pinia'
import { uuidv7 } from 'uuidv7'
import { computed, watch } from 'vue'
import type { Mention, MessageView, Quote } from '#shared/protocol/chat.ts'
import { useSessionStore } from '#client/accounts/index.ts'
import { useFeedStore } from '#client/feed/index.ts'
import { injectAdapter, SOCKET, TABS } from '#client/platform/keys.ts'
import type { SocketService } from '#client/platform/socket/SocketService.ts'
import { useHistoriesStore } from './historiesStore.ts'
import { nextOf, type OutboxItem } from './outbox.ts'
import { createOutboxPump, type OutboxPump } from './outboxPump.ts'
import { useOutboxRecords } from './useOutboxRecords.ts'

const after = (ms: number, run: () => void): (() => void) => {
  const timer = setTimeout(run, ms)
  return () => {
    clearTimeout(timer)
  }
}

/** A message as it was written. */
export interface Written {
  readonly text: string
  /** What it answers. */
  readonly quote?: Quote | null
  /** Whom it calls on. */
  readonly mentions?: Mention[]
}

/** What was written here and is on its way; it goes out by itself when the server can be reached. */
export const useOutboxStore = defineStore('outbox', () => {
  const session = useSessionStore()
  const histories = useHistoriesStore()
  const socket = injectAdapter(SOCKET)
  const tabs = injectAdapter(TABS)
  const { items, load, put, remove, clear } = useOutboxRecords()
  const byConversation = computed(() => Map.groupBy(items.value, (item) => item.conversationId))
  let pump: OutboxPump | null = null
  let release: (() => void) | null = null

  const newPump = (): OutboxPump =>
    createOutboxPump({
      after,
      next: () => nextOf(items.value),
      send: (item) => sendOver(socket, item),
      onSent: (message) => {
        histories.take(message)
        remove(message.id)
      },
      onRefused: (item, failure) => void put({ ...item, failure }),
    })

  /** Of all tabs that can reach the server one sends, so that the order is kept [CH7]. */
  function begin(accountId: string): void {
    if (release !== null) return
    release = tabs.hold(`ahoy.outbox.${accountId}`, () => {
      pump = newPump()
      void load().then(() => pump?.wake())
    })
  }

  function end(): void {
    pump?.stop()
    pump = null
    release?.()
    release = null
  }

  /** Write a message; it is on screen at once. */
  const send = (conversationId: string, written: Written): void =>
    void put(newItem(conversationId, written, socket.serverNow()))

  /** Try what was refused once more, behind everything that was written meanwhile. */
  function retry(id: string): void {
    const item = items.value.find((one) => one.id === id)
    if (item !== undefined) void put({ ...item, failure: null, createdAt: socket.serverNow() })
  }

  watch(
    () => session.account?.id,
    (accountId) => {
      end()
      clear()
      if (accountId !== undefined) void load()
      if (accountId !== undefined && socket.status === 'online') begin(accountId)
    },
    { immediate: true, flush: 'sync' },
  )
  socket.onStatus((status) => {
    const accountId = session.account?.id
    if (status === 'online' && accountId !== undefined) begin(accountId)
    else end()
  })
  // Written here or in another tab.
  watch(items, () => pump?.wake(), { flush: 'sync' })
  useFeedStore().onItems((entries) => {
    for (const { entry } of entries) if (entry.kind === 'message') remove(entry.message.id)
  })

  return { items, byConversation, send, retry }
})

async function sendOver(socket: SocketService, item: OutboxItem): Promise<MessageView> {
  const { id, conversationId, text, quote, mentions } = item
  const answers = quote === undefined ? {} : { replyTo: quote.id }
  const calls = mentions === undefined ? {} : { mentions }
  const body = { id, conversationId, text, ...answers, ...calls }
  return (await socket.request('chat.send', body)).message
}

const newItem = (
  conversationId: string,
  { text, quote = null, mentions = [] }: Written,
  createdAt: number,
): OutboxItem => ({
  id: uuidv7(),
  conversationId,
  text,
  createdAt,
  failure: null,
  ...(quote === null ? {} : { quote }),
  ...(mentions.length === 0 ? {} : { mentions }),
})
