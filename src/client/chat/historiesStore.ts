import * as v from 'valibot'
import { defineStore } from 'pinia'
import { shallowReactive, shallowRef, watch } from 'vue'
import { AppError } from '#shared/errors.ts'
import { MessagePage, MessageView } from '#shared/protocol/chat.ts'
import { HISTORY_PAGE } from '#shared/limits.ts'
import { useSessionStore } from '#client/accounts/index.ts'
import { useFeedStore, useLocalStore } from '#client/feed/index.ts'
import { HTTP, injectAdapter } from '#client/platform/keys.ts'
import { useConversationsStore } from './conversationsStore.ts'
import { withMessage, withNewest, withOlder, type History } from './history.ts'

const none = (): Map<string, History> => shallowReactive(new Map<string, History>())
const Kept = v.array(MessageView)

/** The messages of the conversations that were opened, by conversation. */
export const useHistoriesStore = defineStore('histories', () => {
  const http = injectAdapter(HTTP)
  const session = useSessionStore()
  const local = useLocalStore()
  const feed = useFeedStore()
  const conversations = useConversationsStore()
  const histories = shallowRef(none())

  async function fetchPage(id: string, query = ''): Promise<MessagePage> {
    const page = await http.get(`/api/conversations/${id}/messages${query}`, MessagePage)
    void local.keep((database) => database.writeMessages(page.messages))
    return page
  }

  /** A page of what this browser has kept; null when there is nothing. */
  async function keptPage(conversationId: string, before: number | null): Promise<History | null> {
    const database = await local.database()
    const query = { conversationId, before, count: HISTORY_PAGE }
    const kept = v.safeParse(Kept, await database?.readMessages(query).catch(() => []))
    const first = kept.success ? kept.output[0] : undefined
    return first === undefined || !kept.success
      ? null
      : { messages: kept.output, hasMore: first.seq > 1 }
  }

  /** Show the newest messages: what was kept at once, what is missing from the server. @throws AppError */
  async function loadNewest(id: string): Promise<void> {
    const { value: mine } = histories
    const kept = await keptPage(id, null)
    if (kept !== null && !mine.has(id)) mine.set(id, kept)
    const last = mine.get(id)?.messages.at(-1)?.seq
    if (last !== undefined && last === conversations.byId.get(id)?.lastSeq) return
    const page = await fetchPage(id)
    // What comes for a user who has left goes into a map nobody reads.
    mine.set(id, withNewest(mine.get(id), page))
  }

  /** Show the page before the oldest message shown. @throws AppError */
  async function loadOlder(id: string): Promise<void> {
    const { value: mine } = histories
    const oldest = mine.get(id)?.messages[0]?.seq
    if (oldest === undefined) return
    const page = (await keptPage(id, oldest)) ?? (await fetchPage(id, `?before=${oldest}`))
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

  function forget(): void {
    histories.value = none()
  }

  watch(() => session.account?.id, forget, { flush: 'sync' })
  // What was missed is not known: an open conversation loads its newest messages again.
  feed.onReset(forget)
  feed.onItems((items) => {
    for (const { entry } of items) if (entry.kind === 'message') take(entry.message)
  })

  return { histories, loadNewest, loadOlder, take }
})

/** Nobody pressed anything: the open conversation fetches again when the server can be reached. */
function leaveToNextOnline(error: unknown): void {
  if (!(error instanceof AppError)) throw error
}
