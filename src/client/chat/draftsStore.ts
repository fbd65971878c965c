import { defineStore } from 'pinia'
import { shallowReactive, watch } from 'vue'
import { useSessionStore } from '#client/accounts/index.ts'

/** What was begun and not sent, by conversation. */
export const useDraftsStore = defineStore('drafts', () => {
  const session = useSessionStore()
  const drafts = shallowReactive(new Map<string, string>())

  /** Keep a draft; an empty one is none. */
  function keep(conversationId: string, text: string): void {
    if (text === '') drafts.delete(conversationId)
    else drafts.set(conversationId, text)
  }

  watch(
    () => session.account?.id,
    () => {
      drafts.clear()
    },
    { flush: 'sync' },
  )

  return { drafts, keep }
})
