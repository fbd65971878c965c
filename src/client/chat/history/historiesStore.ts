import { defineStore } from 'pinia'
import { shallowReactive, shallowRef, watch } from 'vue'
import { AppError } from '#shared/errors.ts'
import type { MessageView } from '#shared/protocol/chat.ts'
import { useSessionStore } from '#client/accounts/index.ts'
import { useFeedStore } from '#client/feed/index.ts'
import { useConversationsStore } from '../conversations/conversationsStore.ts'
import { withChange, withMessage, withoutCleared, withoutStart, type History } from './history.ts'
import { createHistoryLoading } from './historyLoading.ts'
import { useMessagePages } from './useMessagePages.ts'

const none = (): Map<string, History> => shallowReactive(new Map<string, History>())

/** The messages of the conversations that were opened, by conversation. */
export const useHistoriesStore = defineStore('histories', () => {
  const session = useSessionStore()
  const pages = useMessagePages()
  const feed = useFeedStore()
  const histories = shallowRef(none())
  const conversations = useConversationsStore()
  const loading = createHistoryLoading({
    open: () => histories.value,
    pages,
    find: (id) => conversations.byId.get(id),
  })

  /** Nobody looks at it any more: what is shown next time is the newest. */
  function rest(id: string): void {
    const known = histories.value.get(id)
    if (known?.hasLater === true) histories.value.delete(id)
    else if (known !== undefined) histories.value.set(id, withoutStart(known))
  }

  function take(message: MessageView): void {
    const id = message.conversationId
    const known = histories.value.get(id)
    if (known === undefined) return
    const next = withMessage(known, message)
    if (next === null) loading.loadNewest(id).catch(leaveToNextOnline)
    else histories.value.set(id, next)
  }

  function takeChange(message: MessageView): void {
    const known = histories.value.get(message.conversationId)
    if (known !== undefined) histories.value.set(message.conversationId, withChange(known, message))
  }

  /** One message, shown or not. @throws AppError */
  async function find(id: string, seq: number): Promise<MessageView | undefined> {
    const isIt = (message: MessageView): boolean => message.seq === seq
    const known = histories.value.get(id)?.messages.find(isIt)
    const kept = known ?? (await pages.kept(id, seq + 1))?.messages.find(isIt)
    return kept ?? (await pages.fetch(id, seq + 1)).messages.find(isIt)
  }

  /** What a reader has deleted is not kept either. */
  function clear(id: string, clearedSeq: number): void {
    const known = histories.value.get(id)
    if (known !== undefined) histories.value.set(id, withoutCleared(known, clearedSeq))
    pages.forgetUpTo(id, clearedSeq)
  }

  function forget(): void {
    histories.value = none()
  }

  watch(() => session.account?.id, forget, { flush: 'sync' })
  // What was missed is not known, nor what has changed: messages are fetched again.
  feed.onReset(() => {
    // Not another map: a page that is on its way is still wanted.
    histories.value.clear()
    pages.forget()
  })
  feed.onItems((items) => {
    for (const { entry } of items) {
      if (entry.kind === 'message') take(entry.message)
      else if (entry.kind === 'changed') takeChange(entry.message)
      else if (entry.kind === 'settings') clear(entry.conversationId, entry.settings.clearedSeq)
    }
  })

  return { ...loading, histories, find, rest, take, takeChange }
})

/** Nobody pressed anything: the open conversation fetches again when the server can be reached. */
function leaveToNextOnline(error: unknown): void {
  if (!(error instanceof AppError)) throw error
}
