import { computed, ref, type ComputedRef, type Ref } from 'vue'
import { AppError } from '#shared/errors.ts'
import type { FeedEntry } from '#shared/protocol/feed.ts'
import { useFeedStore } from './feedStore.ts'

export interface FeedPartOptions<T> {
  fetch: () => Promise<T>
  /** Everything as the server has it now. */
  apply: (fetched: T) => void
  /** Something happened; what is known already changes nothing. */
  take: (entry: FeedEntry) => void
  /** Forget everything: another user may come. */
  clear: () => void
}

export interface FeedPartReturn {
  readonly refresh: () => Promise<void>
  /** False until there is something: the time for skeletons. */
  readonly isLoaded: Readonly<Ref<boolean>>
  /** Why there is nothing; null when there is. */
  readonly failure: ComputedRef<AppError | null>
}

/** Keep what a store holds of the signed-in user true: loaded once, then changed by the feed. */
export function useFeedPart<T>(options: FeedPartOptions<T>): FeedPartReturn {
  const { fetch, apply, take, clear } = options
  const feed = useFeedStore()
  const isLoaded = ref(false)
  const lastFailure = ref<AppError | null>(null)
  // What happens while we load may be newer than what comes: it is applied once more.
  let meanwhile: FeedEntry[] | null = null
  let life = 0

  async function reload(): Promise<void> {
    const mine = life
    const heard: FeedEntry[] = []
    meanwhile = heard
    try {
      const fetched = await fetch()
      if (mine !== life) return
      apply(fetched)
      heard.forEach(take)
      isLoaded.value = true
      lastFailure.value = null
    } catch (error) {
      if (error instanceof AppError && mine === life) lastFailure.value = error
      throw error
    } finally {
      if (meanwhile === heard) meanwhile = null
    }
  }

  feed.add({
    reload,
    apply(items) {
      for (const { entry } of items) {
        meanwhile?.push(entry)
        take(entry)
      }
    },
    clear() {
      life += 1
      isLoaded.value = false
      lastFailure.value = null
      clear()
    },
  })

  return {
    refresh: feed.refresh,
    isLoaded,
    failure: computed(() => (isLoaded.value ? null : (lastFailure.value ?? feed.failure))),
  }
}
