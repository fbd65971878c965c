import * as v from 'valibot'
import { computed, ref, type ComputedRef, type Ref } from 'vue'
import { AppError } from '#shared/errors.ts'
import type { FeedEntry } from '#shared/protocol/feed.ts'
import { useFeedStore } from './feedStore.ts'

export interface FeedPartOptions<S extends v.GenericSchema> {
  /** Under this name this browser keeps it. */
  name: string
  /** Of what is fetched and kept. */
  schema: S
  fetch: () => Promise<v.InferOutput<S>>
  /** Everything as the server has it now, or as it was kept. */
  apply: (everything: v.InferOutput<S>) => void
  /** Something happened; what is known already changes nothing. */
  take: (entry: FeedEntry) => void
  /** Everything as it is now. */
  snapshot: () => v.InferInput<S>
  /** Forget everything: another user may come. */
  clear: () => void
}

export interface FeedPartReturn {
  readonly refresh: () => Promise<void>
  /** False until there is something: the time for skeletons. */
  readonly isLoaded: Readonly<Ref<boolean>>
  /** Why there is nothing; null when there is. */
  readonly failure: ComputedRef<AppError | null>
  /** Before something that takes time. @returns whether its user is still here: what comes later is theirs alone */
  readonly markUser: () => () => boolean
}

/** What comes late for one user is not for the next. */
function countUsers() {
  let count = 0
  return {
    leave: () => void (count += 1),
    mark: (): (() => boolean) => {
      const mine = count
      return () => mine === count
    },
  }
}

/** Keep what a store holds of the signed-in user true: kept or loaded, then changed by the feed. */
export function useFeedPart<S extends v.GenericSchema>(
  options: FeedPartOptions<S>,
): FeedPartReturn {
  const { name, schema, fetch, apply, take, snapshot, clear } = options
  const feed = useFeedStore()
  const isLoaded = ref(false)
  const lastFailure = ref<AppError | null>(null)
  // What happens while we load may be newer than what comes: it is applied once more.
  let meanwhile: FeedEntry[] | null = null
  const users = countUsers()

  function show(everything: v.InferOutput<S>): void {
    apply(everything)
    isLoaded.value = true
    lastFailure.value = null
  }

  async function reload(): Promise<void> {
    const isHere = users.mark()
    const heard: FeedEntry[] = []
    meanwhile = heard
    try {
      const fetched = await fetch()
      if (!isHere()) return
      show(fetched)
      heard.forEach(take)
    } catch (error) {
      if (error instanceof AppError && isHere()) lastFailure.value = error
      throw error
    } finally {
      if (meanwhile === heard) meanwhile = null
    }
  }

  feed.add({
    name,
    reload,
    snapshot,
    apply(items) {
      for (const { entry } of items) {
        meanwhile?.push(entry)
        take(entry)
      }
    },
    restore(kept) {
      const parsed = v.safeParse(schema, kept)
      if (parsed.success) show(parsed.output)
      return parsed.success
    },
    clear() {
      users.leave()
      isLoaded.value = false
      lastFailure.value = null
      clear()
    },
  })

  return {
    markUser: users.mark,
    refresh: feed.refresh,
    isLoaded,
    failure: computed(() => (isLoaded.value ? null : (lastFailure.value ?? feed.failure))),
  }
}
