import { nextTick } from 'vue'
import { HISTORY_PAGE } from '#shared/limits.ts'
import type { ConversationView } from '#shared/protocol/chat.ts'
import { useConversationsStore } from './conversationsStore.ts'
import {
  withLater,
  withNewest,
  withOlder,
  withoutEnd,
  withoutStart,
  type History,
  type Page,
} from './history.ts'
import type { MessagePages } from './useMessagePages.ts'

/** So often is asked for what is known to be there. */
const TRIES = 3

/** Each throws the AppError for which a page could not be had. */
export interface HistoryLoading {
  /** Show the newest messages: what was kept at once, what is missing from the server. */
  readonly loadNewest: (id: string) => Promise<void>
  /** Show the page before the oldest message shown. */
  readonly loadOlder: (id: string) => Promise<void>
  /** Show what comes after the newest message shown. */
  readonly loadLater: (id: string) => Promise<void>
  /** Show a message and what stands around it, instead of what is shown. */
  readonly loadAround: (id: string, seq: number) => Promise<void>
  /** Show the newest messages again, instead of what is shown. */
  readonly returnToNewest: (id: string) => Promise<void>
}

/**
 * What is shown of conversations, page by page.
 * @param open the histories of who is signed in now; what comes later for another user goes into a
 *   map nobody reads
 */
export function useHistoryLoading(
  open: () => Map<string, History>,
  pages: MessagePages,
): HistoryLoading {
  const conversations = useConversationsStore()
  const newestOf = (id: string): number => conversations.byId.get(id)?.lastSeq ?? 0

  const pageBefore = async (id: string, before: number): Promise<Page> =>
    (await pages.kept(id, before)) ?? (await pages.fetch(id, before))

  async function loadNewest(id: string): Promise<void> {
    const mine = open()
    const kept = await pages.kept(id)
    if (kept !== null && !mine.has(id)) mine.set(id, { ...kept, hasLater: false })
    const isBehind = (): boolean => lacksNewest(mine.get(id), conversations.byId.get(id))
    if ((mine.get(id)?.messages.length ?? 0) > 0 && !isBehind()) return
    // A message may come while its page is on the way, which was read before it was there.
    for (let tries = 0; tries === 0 || (tries < TRIES && isBehind()); tries += 1) {
      const page = await pages.fetch(id)
      mine.set(id, withNewest(mine.get(id), page))
    }
  }

  return {
    loadNewest,

    async loadOlder(id) {
      const mine = open()
      const oldest = mine.get(id)?.messages[0]?.seq
      if (oldest === undefined) return
      const page = await pageBefore(id, oldest)
      const known = mine.get(id)
      if (known?.messages[0]?.seq !== oldest) return
      mine.set(id, withOlder(known, page))
      await letGo(mine, id, withoutEnd)
    },

    async loadLater(id) {
      const mine = open()
      const last = mine.get(id)?.messages.at(-1)?.seq
      if (last === undefined) return
      const page = await pageBefore(id, last + HISTORY_PAGE + 1)
      const known = mine.get(id)
      if (known?.messages.at(-1)?.seq !== last) return
      mine.set(id, withLater(known, page, newestOf(id)))
      await letGo(mine, id, withoutStart)
    },

    async loadAround(id, seq) {
      const mine = open()
      const page = await pageBefore(id, seq + Math.ceil(HISTORY_PAGE / 2))
      mine.set(id, { ...page, hasLater: (page.messages.at(-1)?.seq ?? 0) < newestOf(id) })
    },

    async returnToNewest(id) {
      const mine = open()
      const page = await pageBefore(id, newestOf(id) + 1)
      mine.set(id, { ...page, hasLater: false })
      await loadNewest(id)
    },
  }
}

/** Once what has come is shown: a list can follow one end at a time. */
async function letGo(
  histories: Map<string, History>,
  id: string,
  shorten: (known: History) => History,
): Promise<void> {
  await nextTick()
  const known = histories.get(id)
  if (known !== undefined) histories.set(id, shorten(known))
}

/** There is something newer than what is shown. */
function lacksNewest(shown: History | undefined, known: ConversationView | undefined): boolean {
  if (known === undefined || shown?.hasLater === true) return false
  return (shown?.messages.at(-1)?.seq ?? known.settings.clearedSeq) < known.lastSeq
}
