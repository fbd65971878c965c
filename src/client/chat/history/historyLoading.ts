import { nextTick } from 'vue'
import { HISTORY_PAGE } from '#shared/limits.ts'
import type { ConversationView } from '#shared/protocol/chat.ts'
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
/** What is looked for stands in the middle of a page. */
const HALF_PAGE = Math.ceil(HISTORY_PAGE / 2)

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

export interface HistoryLoadingOptions {
  /**
   * The histories of who is signed in now: what comes later for another user goes into a map nobody
   * reads.
   */
  readonly open: () => Map<string, History>
  readonly pages: Pick<MessagePages, 'fetch' | 'kept'>
  readonly find: (id: string) => ConversationView | undefined
}

/** What is shown of conversations, page by page. */
export function createHistoryLoading(options: HistoryLoadingOptions): HistoryLoading {
  const { open, pages, find } = options
  const newestOf = (id: string): number => find(id)?.lastSeq ?? 0

  /** The page that ends with one message and has another one in it; what is kept may have holes. */
  async function pageOf(id: string, { to, with: wanted }: { to: number; with: number }) {
    const kept = await pages.kept(id, to + 1)
    const isWhole = kept?.messages.some(({ seq }) => seq === wanted) === true
    return isWhole ? kept : pages.fetch(id, to + 1)
  }

  const goingOn = (id: string, page: Page): History => ({
    ...page,
    hasLater: (page.messages.at(-1)?.seq ?? 0) < newestOf(id),
  })

  async function loadNewest(id: string): Promise<void> {
    const mine = open()
    const kept = await pages.kept(id)
    if (kept !== null && !mine.has(id)) mine.set(id, { ...kept, hasLater: false })
    const isBehind = (): boolean => lacksNewest(mine.get(id), find(id))
    if (isPage(mine.get(id)) && !isBehind()) return
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
      if (oldest === undefined || oldest <= 1) return
      const page = await pageOf(id, { to: oldest - 1, with: oldest - 1 })
      const known = mine.get(id)
      if (known?.messages[0]?.seq !== oldest) return
      mine.set(id, withOlder(known, page))
      await letGo(mine, id, withoutEnd)
    },

    async loadLater(id) {
      const mine = open()
      const last = mine.get(id)?.messages.at(-1)?.seq
      if (last === undefined) return
      const to = Math.min(last + HISTORY_PAGE, newestOf(id))
      const page = await pageOf(id, { to, with: last + 1 })
      const known = mine.get(id)
      if (known?.messages.at(-1)?.seq !== last) return
      mine.set(id, withLater(known, page, newestOf(id)))
      await letGo(mine, id, withoutStart)
    },

    async loadAround(id, seq) {
      const mine = open()
      const to = Math.min(seq + HALF_PAGE - 1, newestOf(id))
      mine.set(id, goingOn(id, await pageOf(id, { to, with: seq })))
    },

    async returnToNewest(id) {
      const mine = open()
      const newest = newestOf(id)
      const page = await pageOf(id, { to: newest, with: newest })
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

/** What is shown fills a page, or is all there is: a few messages that came by the feed are neither. */
const isPage = (shown: History | undefined): boolean =>
  shown !== undefined &&
  shown.messages.length > 0 &&
  (shown.messages.length >= HISTORY_PAGE || !shown.hasMore)

/** There is something newer than what is shown. */
function lacksNewest(shown: History | undefined, known: ConversationView | undefined): boolean {
  if (known === undefined || shown?.hasLater === true) return false
  return (shown?.messages.at(-1)?.seq ?? known.settings.clearedSeq) < known.lastSeq
}
