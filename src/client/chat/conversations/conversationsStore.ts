import { defineStore } from 'pinia'
import { computed, shallowReactive } from 'vue'
import {
  ConversationList,
  type ConversationSettings,
  type ConversationView,
  type MessageView,
} from '#shared/protocol/chat.ts'
import { useSessionStore } from '#client/accounts/index.ts'
import { useFeedPart } from '#client/feed/index.ts'
import { HTTP, injectAdapter, SOCKET } from '#client/platform/keys.ts'
import { afterEntry } from './conversationEntries.ts'
import { sorted, unreadOf, withSettings } from './conversations.ts'
import { loaded, readHere } from './readPosition.ts'
import { useReadTelling } from './useReadTelling.ts'

/** The conversations of who is signed in, newest first. */
export const useConversationsStore = defineStore('conversations', () => {
  const http = injectAdapter(HTTP)
  const session = useSessionStore()
  const byId = shallowReactive(new Map<string, ConversationView>())
  const conversations = computed(() => sorted(byId.values()))
  const unread = computed(() => unreadOf(conversations.value))
  const reads = useReadTelling()

  const { refresh, isLoaded, failure, markUser } = useFeedPart({
    name: 'conversations',
    schema: ConversationList,
    fetch: () => http.get('/api/conversations', ConversationList),
    apply: (list) => {
      for (const one of list.conversations) byId.set(one.id, loaded(byId.get(one.id), one))
    },
    take: (entry) => {
      const next = afterEntry(byId, entry, session.account?.id ?? '')
      if (next !== undefined) byId.set(next.id, next)
    },
    snapshot: () => ({ conversations: [...byId.values()] }),
    clear: () => {
      byId.clear()
      reads.forget()
    },
  })

  /**
   * Shown at once; the server hears of it as soon as it can be reached.
   * @param seq up to here; all of it when left out
   * @param shown the messages that are known there
   */
  function markRead(id: string, seq = Infinity, shown: readonly MessageView[] = []): void {
    const known = byId.get(id)
    if (known === undefined) return
    const next = readHere(known, { seq, shown, me: session.account?.id ?? '' })
    if (next === known) return
    byId.set(id, next)
    reads.tell(id, next.readSeq)
  }

  const { change, clear } = useChanging(byId, markUser)

  return { conversations, byId, unread, isLoaded, failure, refresh, markRead, change, clear }
})

/** How one wants to have conversations. */
function useChanging(byId: Map<string, ConversationView>, markUser: () => () => boolean) {
  const socket = injectAdapter(SOCKET)

  /** Have it in another way: shown at once, taken back where the server refuses. @throws AppError */
  async function change(id: string, wanted: Partial<ConversationSettings>): Promise<void> {
    const before = byId.get(id)
    if (before === undefined) return
    const isHere = markUser()
    byId.set(id, withSettings(before, { ...before.settings, ...wanted }))
    try {
      const body = { conversationId: id, ...wanted }
      const { settings } = await socket.request('chat.settings', body)
      const known = byId.get(id)
      if (known !== undefined) byId.set(id, withSettings(known, settings))
    } catch (error) {
      const known = byId.get(id)
      if (known !== undefined && isHere()) byId.set(id, { ...known, settings: before.settings })
      throw error
    }
  }

  /** Delete what was said so far, for oneself. @throws AppError */
  const clear = (id: string, more: Partial<ConversationSettings> = {}): Promise<void> =>
    change(id, { ...more, clearedSeq: byId.get(id)?.lastSeq ?? 0 })

  return { change, clear }
}
