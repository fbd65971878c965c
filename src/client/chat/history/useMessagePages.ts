import * as v from 'valibot'
import { watch } from 'vue'
import { HISTORY_PAGE } from '#shared/limits.ts'
import { MessagePage, MessageView } from '#shared/protocol/chat.ts'
import { useSessionStore } from '#client/accounts/index.ts'
import { useFeedStore, useLocalStore } from '#client/feed/index.ts'
import { HTTP, injectAdapter } from '#client/platform/keys.ts'
import { useConversationsStore } from '../conversations/conversationsStore.ts'
import { withoutCleared } from './history.ts'
import { newer } from '../conversations/newer.ts'
import { useQuotedStore } from '../bodies/quotedStore.ts'

const Kept = v.array(MessageView)

export interface MessagePages {
  /** From the server, newest first where no seq is given; this browser keeps it. @throws AppError */
  readonly fetch: (id: string, before?: number) => Promise<MessagePage>
  /** What this browser has kept; null when there is nothing. */
  readonly kept: (id: string, before?: number) => Promise<MessagePage | null>
  readonly forget: () => void
  readonly forgetUpTo: (id: string, seq: number) => void
}

/** So many are remembered: what is on its way was read before. */
const CHANGES_MAX = 500

/** What has become of messages: a page that was read before shows them as they are now [CH8]. */
function useChanges() {
  const changed = new Map<string, MessageView>()

  function remember(message: MessageView): void {
    const next = newer(changed.get(message.id), message)
    changed.delete(message.id)
    changed.set(message.id, next)
    const [oldest] = changed.keys()
    if (changed.size > CHANGES_MAX && oldest !== undefined) changed.delete(oldest)
  }

  const session = useSessionStore()
  // How one has a message, as deleted for oneself, is nobody else's.
  watch(
    () => session.account?.id,
    () => {
      changed.clear()
    },
    { flush: 'sync' },
  )
  useFeedStore().onItems((items) => {
    for (const { entry } of items) if (entry.kind === 'changed') remember(entry.message)
  })
  return (page: MessagePage): MessagePage => ({
    ...page,
    messages: page.messages.map((message) => newer(changed.get(message.id), message)),
  })
}

/** Messages by pages, from the server or from what this browser keeps. */
export function useMessagePages(): MessagePages {
  const asTheyAre = useChanges()
  const http = injectAdapter(HTTP)
  const local = useLocalStore()
  const conversations = useConversationsStore()
  const quoted = useQuotedStore()

  return {
    async fetch(id, before) {
      const query = before === undefined ? '' : `?before=${String(before)}`
      const page = await http.get(`/api/conversations/${id}/messages${query}`, MessagePage)
      void local.keep((database) => database.writeMessages(page.messages))
      return asTheyAre(page)
    },
    async kept(conversationId, before) {
      const database = await local.database()
      const query = { conversationId, before: before ?? null, count: HISTORY_PAGE }
      const kept = v.safeParse(Kept, await database?.readMessages(query).catch(() => []))
      const { clearedSeq = 0 } = conversations.byId.get(conversationId)?.settings ?? {}
      const first = kept.success ? kept.output[0] : undefined
      if (kept.success) {
        const quotes = kept.output.flatMap(({ quote }) => quote ?? [])
        await quoted.lookUp(conversationId, quotes)
      }
      return first === undefined || !kept.success
        ? null
        : asTheyAre(withoutCleared({ messages: kept.output, hasMore: first.seq > 1 }, clearedSeq))
    },
    forgetUpTo(id, seq) {
      if (seq > 0) void local.keep((database) => database.forgetUpTo(id, seq))
    },
    forget: () => void local.keep((database) => database.forgetMessages()),
  }
}
