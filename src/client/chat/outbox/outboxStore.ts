import { defineStore } from 'pinia'
import { uuidv7 } from 'uuidv7'
import { computed, watch } from 'vue'
import type { Mention, MessageView, Quote } from '#shared/protocol/chat.ts'
import { useSessionStore } from '#client/accounts/index.ts'
import { useFeedStore } from '#client/feed/index.ts'
import { injectAdapter, SOCKET } from '#client/platform/keys.ts'
import type { SocketService } from '#client/platform/socket/SocketService.ts'
import { nextOf, type OutboxItem } from './outbox.ts'
import { createOutboxPump, type OutboxPump } from './outboxPump.ts'
import { newerQuote } from '../bodies/quote.ts'
import { useOutboxAnswers } from './useOutboxAnswers.ts'
import { useOutboxRecords } from './useOutboxRecords.ts'
import { useOutboxTurn } from './useOutboxTurn.ts'
import { useQuoteChanges } from '../bodies/useQuoteChanges.ts'

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
  /** Whom it mentions. */
  readonly mentions?: Mention[]
}

/** What was written here and is on its way; it goes out by itself when the server can be reached. */
export const useOutboxStore = defineStore('outbox', () => {
  const session = useSessionStore()
  const socket = injectAdapter(SOCKET)
  const { items, load, append, put, remove, clear } = useOutboxRecords()
  const answers = useOutboxAnswers({ put, remove })
  const byConversation = computed(() => Map.groupBy(items.value, (item) => item.conversationId))
  const { begin, end, wake } = useOutboxTurn({ load, newPump })

  function newPump(): OutboxPump {
    const next = () => nextOf(items.value)
    return createOutboxPump({ ...answers, after, next, send: (item) => sendOver(socket, item) })
  }

  /** Write a message; it is on screen at once. */
  function send(conversationId: string, written: Written): void {
    append(newItem(conversationId, written, socket.serverNow()))
  }

  /** Write another text in the place of a message [CH8]; it is on screen at once. */
  function edit(conversationId: string, id: string, text: string): void {
    append({ ...newItem(conversationId, { text }, socket.serverNow()), edits: id })
  }

  /** Try what was refused once more, behind everything that was written meanwhile. */
  function retry(id: string): void {
    const item = items.value.find((one) => one.id === id)
    if (item !== undefined) append({ ...item, failure: null, createdAt: socket.serverNow() })
  }

  /** Delete a message that was refused. */
  function discard(id: string): void {
    if (items.value.some((item) => item.id === id && item.failure !== null)) remove(id)
  }

  let loaded = Promise.resolve()
  watch(
    () => session.account?.id,
    (accountId) => {
      end()
      clear()
      if (accountId !== undefined) loaded = load()
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
  watch(items, wake, { flush: 'sync' })

  /** What is answered is kept as it is now [CH8]. */
  function requote(next: Quote): void {
    for (const item of items.value) {
      const quote = item.quote === undefined ? undefined : newerQuote(item.quote, next)
      if (quote !== undefined && quote !== item.quote) put({ ...item, quote })
    }
  }
  useQuoteChanges(() => loaded, requote)
  useFeedStore().onItems((entries) => {
    for (const { entry } of entries) if (entry.kind === 'message') remove(entry.message.id)
  })

  return { items, byConversation, send, edit, retry, discard }
})

async function sendOver(socket: SocketService, item: OutboxItem): Promise<MessageView> {
  const { id, conversationId, text, edits, quote, mentions } = item
  if (edits !== undefined) {
    return (await socket.request('chat.edit', { id: edits, conversationId, text })).message
  }
  const answers = quote === undefined ? {} : { replyTo: quote.id }
  const calls = mentions === undefined ? {} : { mentions }
  const body = { id, conversationId, text, ...answers, ...calls }
  return (await socket.request('chat.send', body)).message
}

const newItem = (
  conversationId: string,
  { text, quote = null, mentions = [] }: Written,
  createdAt: number,
): Omit<OutboxItem, 'order'> => ({
  id: uuidv7(),
  conversationId,
  text,
  createdAt,
  failure: null,
  ...(quote === null ? {} : { quote }),
  ...(mentions.length === 0 ? {} : { mentions }),
})
