import { defineStore } from 'pinia'
import { shallowReactive, shallowRef, watch } from 'vue'
import { AppError } from '#shared/errors.ts'
import type { ConversationView, MessageView } from '#shared/protocol/chat.ts'
import { useSessionStore } from '#client/accounts/index.ts'
import { useFeedStore } from '#client/feed/index.ts'
import { useConversationsStore } from './conversationsStore.ts'
import {
  withChange,
  withMessage,
  withNewest,
  withOlder,
  withoutCleared,
  type History,
} from './history.ts'
import { useMessagePages } from './useMessagePages.ts'

/** So often is asked for what is known to be there. */
const TRIES = 3

const none = (): Map<string, History> => shallowReactive(new Map<string, History>())

/** The messages of the conversations that were opened, by conversation. */
export const useHistoriesStore = defineStore('histories', () => {
  const session = useSessionStore()
  const pages = useMessagePages()
  const feed = useFeedStore()
  const conversations = useConversationsStore()
  const histories = shallowRef(none())

  /** Show the newest messages: what was kept at once, what is missing from the server. @throws AppError */
  async function loadNewest(id: string): Promise<void> {
    const { value: mine } = histories
    const kept = await pages.kept(id)
    if (kept !== null && !mine.has(id)) mine.set(id, kept)
    const isBehind = (): boolean => lacksNewest(mine.get(id), conversations.byId.get(id))
    if ((mine.get(id)?.messages.length ?? 0) > 0 && !isBehind()) return
    // A message may come while its page is on the way, which was read before it was there.
    for (let tries = 0; tries === 0 || (tries < TRIES && isBehind()); tries += 1) {
      const page = await pages.fetch(id)
      // What comes for a user who has left goes into a map nobody reads.
      mine.set(id, withNewest(mine.get(id), page))
    }
  }

  /** Show the page before the oldest message shown. @throws AppError */
  async function loadOlder(id: string): Promise<void> {
    const { value: mine } = histories
    const oldest = mine.get(id)?.messages[0]?.seq
    if (oldest === undefined) return
    const page = (await pages.kept(id, oldest)) ?? (await pages.fetch(id, oldest))
    const known = mine.get(id)
    if (known?.messages[0]?.seq === oldest) mine.set(id, withOlder(known, page))
  }

  function take(message: MessageView): void {
    const id = message.conversationId
    const known = histories.value.get(id)
    if (known === undefined) return
    const next = withMessage(known, message)
    if (next === null) loadNewest(id).catch(leaveToNextOnline)
    else histories.value.set(id, next)
  }

  function takeChange(message: MessageView): void {
    const known = histories.value.get(message.conversationId)
    if (known !== undefined) histories.value.set(message.conversationId, withChange(known, message))
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

  return { histories, loadNewest, loadOlder, take, takeChange, clear }
})

/** Nobody pressed anything: the open conversation fetches again when the server can be reached. */
function leaveToNextOnline(error: unknown): void {
  if (!(error instanceof AppError)) throw error
}

/** There is something newer than what is shown. */
function lacksNewest(shown: History | undefined, known: ConversationView | undefined): boolean {
  if (known === undefined) return false
  return (shown?.messages.at(-1)?.seq ?? known.settings.clearedSeq) < known.lastSeq
}
