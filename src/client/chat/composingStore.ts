import { defineStore } from 'pinia'
import { shallowReactive, watch } from 'vue'
import type { Quote } from '#shared/protocol/chat.ts'
import { useSessionStore } from '#client/accounts/index.ts'

/** What the text that is being written is for, where it is not just the next message. */
export type Purpose =
  | { readonly kind: 'reply'; readonly to: Quote }
  /** `text` is as it has been changed so far. */
  | { readonly kind: 'edit'; readonly id: string; readonly text: string }

/** What is being written in each conversation, beside its draft. */
export const useComposingStore = defineStore('composing', () => {
  const session = useSessionStore()
  const purposes = shallowReactive(new Map<string, Purpose>())

  function turnTo(conversationId: string, purpose: Purpose | null): void {
    if (purpose === null) purposes.delete(conversationId)
    else purposes.set(conversationId, purpose)
  }

  watch(
    () => session.account?.id,
    () => {
      purposes.clear()
    },
    { flush: 'sync' },
  )

  return { purposes, turnTo }
})
