import * as v from 'valibot'
import { defineStore } from 'pinia'
import { computed, shallowReactive } from 'vue'
import { ConversationList, type ConversationView } from '#shared/protocol/chat.ts'
import { useLive } from '#client/accounts/index.ts'
import { HTTP, injectAdapter, SOCKET } from '#client/platform/keys.ts'
import { newerOf, readUpTo, sorted } from './conversations.ts'

/** The conversations of who is signed in, newest first, kept fresh by the server's pushes. */
export const useConversationsStore = defineStore('conversations', () => {
  const http = injectAdapter(HTTP)
  const socket = injectAdapter(SOCKET)
  const byId = shallowReactive(new Map<string, ConversationView>())
  const conversations = computed(() => sorted(byId.values()))
  const unread = computed(() => conversations.value.reduce((sum, one) => sum + one.unread, 0))

  function take(conversation: ConversationView): void {
    byId.set(conversation.id, newerOf(byId.get(conversation.id), conversation))
  }

  const { refresh, isLoaded, failure } = useLive({
    fetch: () => http.get('/api/conversations', ConversationList),
    apply: (list) => {
      list.conversations.forEach(take)
    },
    reset: () => {
      byId.clear()
    },
  })

  /** Shown at once; the server hears of it on the way. @throws AppError */
  async function markRead(id: string): Promise<void> {
    const known = byId.get(id)
    if (known === undefined || known.readSeq >= known.lastSeq) return
    const seq = known.lastSeq
    byId.set(id, readUpTo(known, { readSeq: seq, unread: 0 }))
    await http.post(`/api/conversations/${id}/read`, { seq }, v.unknown())
  }

  socket.onPush('chat.message', ({ conversation }) => {
    take(conversation)
  })
  socket.onPush('chat.read', ({ conversationId, ...position }) => {
    const known = byId.get(conversationId)
    if (known !== undefined) byId.set(conversationId, readUpTo(known, position))
  })

  return { conversations, byId, unread, isLoaded, failure, refresh, markRead }
})
