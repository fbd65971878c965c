import { defineStore } from 'pinia'
import { shallowReactive, watch } from 'vue'
import { AppError } from '#shared/errors.ts'
import { TYPING_EVERY_MS } from '#shared/limits.ts'
import type { PresenceView } from '#shared/protocol/presence.ts'
import { useSessionStore } from '#client/accounts/index.ts'
import { injectAdapter, SOCKET } from '#client/platform/keys.ts'

/** Who is here and who is writing, of those who let us know. Nothing of it is kept. */
export const usePresenceStore = defineStore('presence', () => {
  const session = useSessionStore()
  const socket = injectAdapter(SOCKET)
  const people = shallowReactive(new Map<string, PresenceView>())
  const { typing, show, hide, clear } = useTyping()
  let saidAt = 0

  async function load(): Promise<void> {
    try {
      const { users } = await socket.request('presence.get', {})
      people.clear()
      for (const one of users) people.set(one.userId, one)
    } catch (error) {
      // Nobody pressed anything: it is asked again with the next connection.
      if (!(error instanceof AppError)) throw error
    }
  }

  /** I am writing there; said as often as it is needed. */
  function sayTyping(conversationId: string): void {
    const now = socket.serverNow()
    if (socket.status !== 'online' || now - saidAt < TYPING_EVERY_MS) return
    saidAt = now
    socket.request('presence.typing', { conversationId }).catch(() => undefined)
  }

  watch(
    () => session.account?.id,
    () => {
      people.clear()
      clear()
    },
    { flush: 'sync' },
  )
  socket.onStatus((status) => {
    if (status === 'online') void load()
    else {
      people.clear()
      clear()
    }
  })
  if (socket.status === 'online') void load()
  socket.onPush('presence.user', (view) => void people.set(view.userId, view))
  socket.onPush('presence.typing', ({ conversationId, userId }) => {
    show(conversationId, userId)
  })
  // What they were writing has come.
  socket.onPush('feed.item', ({ entry }) => {
    if (entry.kind === 'message') hide(entry.message.conversationId, entry.message.senderId)
  })

  return { people, typing, load, sayTyping }
})

/** Who writes where, until they have said nothing for a while. */
function useTyping() {
  const typing = shallowReactive(new Map<string, string>())
  const timers = new Map<string, ReturnType<typeof setTimeout>>()

  function hide(conversationId: string, userId: string): void {
    if (typing.get(conversationId) !== userId) return
    clearTimeout(timers.get(conversationId))
    timers.delete(conversationId)
    typing.delete(conversationId)
  }

  function show(conversationId: string, userId: string): void {
    clearTimeout(timers.get(conversationId))
    typing.set(conversationId, userId)
    const stop = (): void => {
      hide(conversationId, userId)
    }
    timers.set(conversationId, setTimeout(stop, TYPING_EVERY_MS * 2))
  }

  function clear(): void {
    for (const timer of timers.values()) clearTimeout(timer)
    timers.clear()
    typing.clear()
  }

  /** `typing` has by conversation who wrote there last. */
  return { typing, show, hide, clear }
}
