import { defineStore } from 'pinia'
import { shallowReactive, shallowRef } from 'vue'
import { AppError } from '#shared/errors.ts'
import { MessagePage, type MessageView } from '#shared/protocol/chat.ts'
import { useFeedStore } from '#client/feed/index.ts'
import { HTTP, injectAdapter } from '#client/platform/keys.ts'
import { withMessage, withNewest, withOlder, type History } from './history.ts'

const none = (): Map<string, History> => shallowReactive(new Map<string, History>())

/** The messages of the conversations that were opened, by conversation. */
export const useHistoriesStore = defineStore('histories', () => {
  const http = injectAdapter(HTTP)
  const histories = shallowRef(none())

  const fetchPage = (id: string, query = ''): Promise<MessagePage> =>
    http.get(`/api/conversations/${id}/messages${query}`, MessagePage)

  /** Fetch the newest messages. What comes for a user who has left goes into a map nobody reads. */
  async function loadNewest(id: string): Promise<void> {
    const { value: mine } = histories
    const page = await fetchPage(id)
    mine.set(id, withNewest(mine.get(id), page))
  }

  /** Fetch the page before the oldest known message. @throws AppError */
  async function loadOlder(id: string): Promise<void> {
    const { value: mine } = histories
    const oldest = mine.get(id)?.messages[0]?.seq
    if (oldest === undefined) return
    const page = await fetchPage(id, `?before=${oldest}`)
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

  useFeedStore().add({
    // What was missed is not known: an open conversation fetches its newest messages again.
    reload() {
      forget()
      return Promise.resolve()
    },
    apply(items) {
      for (const { entry } of items) if (entry.kind === 'message') take(entry.message)
    },
    clear: forget,
  })

  return { histories, loadNewest, loadOlder, take }
})

/** Nobody pressed anything: the open conversation fetches again when the server can be reached. */
function leaveToNextOnline(error: unknown): void {
  if (!(error instanceof AppError)) throw error
}
