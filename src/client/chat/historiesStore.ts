import { defineStore } from 'pinia'
import { shallowReactive, shallowRef, watch } from 'vue'
import { AppError } from '#shared/errors.ts'
import { MessagePage, type MessageView } from '#shared/protocol/chat.ts'
import { useSessionStore } from '#client/accounts/index.ts'
import { HTTP, injectAdapter, SOCKET } from '#client/platform/keys.ts'
import { withMessage, withNewest, withOlder, type History } from './history.ts'

const none = (): Map<string, History> => shallowReactive(new Map<string, History>())

/** The messages of the conversations that were opened, by conversation. */
export const useHistoriesStore = defineStore('histories', () => {
  const http = injectAdapter(HTTP)
  const session = useSessionStore()
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

  watch(
    () => session.account?.id,
    () => {
      histories.value = none()
    },
    { flush: 'sync' },
  )
  injectAdapter(SOCKET).onPush('chat.message', ({ message }) => {
    take(message)
  })

  return { histories, loadNewest, loadOlder, take }
})

/** Nobody pressed anything: the open conversation fetches again when the server can be reached. */
function leaveToNextOnline(error: unknown): void {
  if (!(error instanceof AppError)) throw error
}
