import { useIntervalFn } from '@vueuse/core'
import { defineStore } from 'pinia'
import { ref, watch } from 'vue'
import type { AppError } from '#shared/errors.ts'
import { FEED_CHECK_MS } from '#shared/limits.ts'
import type { MessageView } from '#shared/protocol/chat.ts'
import type { FeedItem } from '#shared/protocol/feed.ts'
import { useConnectionStore, useSessionStore } from '#client/accounts/index.ts'
import { injectAdapter, SOCKET } from '#client/platform/keys.ts'
import { createAsking } from './asking.ts'
import { createFeedLoop, type FeedLoop, type FeedLoopOptions } from './feedLoop.ts'
import { createBatching } from './batching.ts'
import { useLocalStore } from './localStore.ts'
import { createParts, type FeedPart, type Parts } from './parts.ts'
import { createSaver, type Saver } from './saver.ts'

/** The feed of who is signed in, kept up with; the rooms add what they keep of it. */
export const useFeedStore = defineStore('feed', () => {
  const session = useSessionStore()
  const socket = injectAdapter(SOCKET)
  const parts = createParts()
  const { restore, newSaver, onRenewed } = useKept(parts)
  const heard = createHearing()
  /** Why we could not catch up; null when we have. */
  const failure = ref<AppError | null>(null)
  let loop: FeedLoop | null = null
  let saver: Saver | null = null
  let take: (item: FeedItem) => void = () => undefined
  const asking = createAsking(() => refresh())
  useHttpMeanwhile(parts)

  async function refresh(): Promise<void> {
    if (loop === null) return
    asking.later()
    await loop.catchUp()
  }

  async function begin(accountId: string): Promise<void> {
    const pos = await restore()
    if (session.account?.id !== accountId) return
    saver = newSaver()
    const followed = follow({
      startAt: pos,
      ask: (after) => socket.request('feed.get', { after }),
      onFailure: (error) => void (failure.value = error),
      ...inParts({ parts, heard, saver }, asking.soon),
    })
    loop = followed.loop
    take = followed.take
    if (socket.status === 'online') void refresh()
  }

  watch(
    () => session.account?.id,
    (accountId) => {
      loop?.stop()
      saver?.stop()
      loop = null
      asking.stop()
      failure.value = null
      parts.clear()
      if (accountId !== undefined) void begin(accountId)
    },
    { immediate: true, flush: 'sync' },
  )
  onRenewed(() => {
    if (loop !== null && loop.pos !== null) saver?.save(loop.pos, [])
  })
  socket.onStatus((status) => {
    if (status === 'online') void refresh()
    else asking.stop()
  })
  socket.onPush('feed.item', (item) => take(item))

  /** Add what a room keeps. Lives as long as the store that adds it. */
  function add(part: FeedPart): void {
    parts.add(part)
    // The feed was there first: what this part needs was loaded without it.
    if (loop !== null && loop.pos !== null) void part.reload().catch(() => undefined)
  }

  const { onItems, onReset } = heard
  return { failure, refresh, add, onItems, onReset }
})

/** A loop, and what hands it what is pushed. */
function follow(options: FeedLoopOptions): { loop: FeedLoop; take: (item: FeedItem) => void } {
  const loop = createFeedLoop(options)
  // What waits there when another loop comes is nobody's any more.
  const take = createBatching((item) => {
    loop.take(item)
  })
  return { loop, take }
}

/**
 * Where HTTP gets through and no live connection does, there is still something to show. Nothing of it
 * counts as heard: the feed goes on from where it is.
 */
function useHttpMeanwhile(parts: Parts): void {
  const connection = useConnectionStore()
  const { pause, resume } = useIntervalFn(
    () => void parts.reload().catch(() => undefined),
    FEED_CHECK_MS,
    { immediate: false, immediateCallback: true },
  )
  watch(
    () => connection.isBlocked,
    (isBlocked) => {
      if (isBlocked) resume()
      else pause()
    },
    { immediate: true },
  )
}

/** Who hears what happens. */
function createHearing() {
  const itemHandlers = new Set<(items: readonly FeedItem[]) => void>()
  const resetHandlers: (() => void)[] = []
  return {
    /** Hear what happens, after the parts have taken it. @returns what ends it */
    onItems: (handler: (items: readonly FeedItem[]) => void): (() => void) => {
      itemHandlers.add(handler)
      return () => {
        itemHandlers.delete(handler)
      }
    },
    /** Hear that the feed was broken off: what was missed is not known. */
    onReset: (handler: () => void) => void resetHandlers.push(handler),
    tellItems(items: readonly FeedItem[]): void {
      for (const handle of itemHandlers) handle(items)
    },
    tellReset(): void {
      for (const handle of resetHandlers) handle()
    },
  }
}

interface Keepers {
  readonly parts: Parts
  readonly heard: ReturnType<typeof createHearing>
  readonly saver: Saver
}

/** What happens goes into the parts, to who hears, and is kept. */
const inParts = (
  { parts, heard, saver }: Keepers,
  onApplied: () => void,
): Pick<FeedLoopOptions, 'reload' | 'apply' | 'onReset'> => ({
  reload: () => parts.reload(),
  apply(items, pos) {
    parts.apply(items)
    heard.tellItems(items)
    saver.save(pos, messagesOf(items))
    onApplied()
  },
  onReset(pos) {
    heard.tellReset()
    saver.save(pos, [])
  },
})

const messagesOf = (items: readonly FeedItem[]): MessageView[] =>
  items.flatMap(({ entry }) => ('message' in entry ? entry.message : []))

/** The parts as this browser keeps them. */
function useKept(parts: Parts) {
  const session = useSessionStore()
  const local = useLocalStore()
  return {
    onRenewed: local.onRenewed,
    newSaver: () =>
      createSaver((pos, messages) => {
        const state = { pos, parts: parts.snapshot() }
        return local.keep((database) => database.writeState(state, messages))
      }),

    /** @returns the pos to go on from; null when everything must be loaded */
    restore: async (): Promise<number | null> => {
      const accountId = session.account?.id
      const kept = (await (await local.database())?.readState().catch(() => null)) ?? null
      if (kept === null || session.account?.id !== accountId) return null
      return parts.restore(kept.parts) ? kept.pos : null
    },
  }
}
