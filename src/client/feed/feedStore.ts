import { defineStore } from 'pinia'
import { ref, watch } from 'vue'
import type { AppError } from '#shared/errors.ts'
import { FEED_CHECK_MS } from '#shared/limits.ts'
import type { FeedItem } from '#shared/protocol/feed.ts'
import { useSessionStore } from '#client/accounts/index.ts'
import { injectAdapter, SOCKET } from '#client/platform/keys.ts'
import { createFeedLoop, type FeedLoop } from './feedLoop.ts'

/** What a room keeps of the feed. */
export interface FeedPart {
  /** Load it anew. @throws AppError */
  readonly reload: () => Promise<void>
  readonly apply: (items: readonly FeedItem[]) => void
  /** Forget everything: another user may come. */
  readonly clear: () => void
}

/** So soon after an entry the server is told that it has arrived. */
const ACK_MS = 300

/** The feed of who is signed in, kept up with; the rooms add what they keep of it. */
export const useFeedStore = defineStore('feed', () => {
  const session = useSessionStore()
  const socket = injectAdapter(SOCKET)
  const parts = new Set<FeedPart>()
  /** Why we could not catch up; null when we have. */
  const failure = ref<AppError | null>(null)
  let loop: FeedLoop | null = null
  let check: ReturnType<typeof setTimeout> | undefined

  /** The next time that the server is asked without having said anything. */
  function checkIn(ms: number): void {
    clearTimeout(check)
    check = setTimeout(() => void refresh(), ms)
  }

  async function refresh(): Promise<void> {
    if (loop === null) return
    checkIn(FEED_CHECK_MS)
    await loop.catchUp()
  }

  function start(): FeedLoop {
    return createFeedLoop({
      startAt: null,
      ask: (after) => socket.request('feed.get', { after }),
      reload: async () => {
        await Promise.all([...parts].map((part) => part.reload()))
      },
      apply(items) {
        for (const part of parts) part.apply(items)
        checkIn(ACK_MS)
      },
      onReset: () => undefined,
      onFailure: (error) => {
        failure.value = error
      },
    })
  }

  watch(
    () => session.account?.id,
    (accountId) => {
      loop?.stop()
      clearTimeout(check)
      failure.value = null
      for (const part of parts) part.clear()
      loop = accountId === undefined ? null : start()
      if (socket.status === 'online') void refresh()
    },
    { immediate: true, flush: 'sync' },
  )
  socket.onStatus((status) => {
    if (status === 'online') void refresh()
    else clearTimeout(check)
  })
  socket.onPush('feed.item', (item) => {
    loop?.take(item)
  })

  /** Add what a room keeps. Lives as long as the store that adds it. */
  function add(part: FeedPart): void {
    parts.add(part)
    // The feed was there first: what this part needs was loaded without it.
    if (loop !== null && loop.pos !== null) void part.reload().catch(() => undefined)
  }

  return { failure, add, refresh }
})
