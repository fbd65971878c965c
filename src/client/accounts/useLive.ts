import { ref, watch, type Ref } from 'vue'
import { AppError } from '#shared/errors.ts'
import { injectAdapter, SOCKET } from '#client/platform/keys.ts'
import { useSessionStore } from './sessionStore.ts'

export interface LiveOptions<T> {
  fetch: () => Promise<T>
  apply: (fetched: T) => void
  /** Forget everything: another user may come. */
  reset: () => void
}

export interface Live {
  readonly refresh: () => Promise<void>
  /** False until the first answer: the time for skeletons. */
  readonly isLoaded: Readonly<Ref<boolean>>
  /** Why the last fetch failed; null after one that did not. */
  readonly failure: Readonly<Ref<AppError | null>>
}

/**
 * Keep what a store holds of the signed-in user fresh: fetched at log-in and whenever the socket is
 * online again, dropped at log-out. Lives as long as the store that calls it.
 */
export function useLive<T>({ fetch, apply, reset }: LiveOptions<T>): Live {
  const session = useSessionStore()
  const isLoaded = ref(false)
  const failure = ref<AppError | null>(null)
  let latest = 0

  /** Only the latest question counts: an answer to an older one, or to another user's, is dropped. */
  async function refresh(): Promise<void> {
    latest += 1
    const question = latest
    const answer = await settle(fetch)
    if (question !== latest) return
    if (answer instanceof AppError) {
      failure.value = answer
    } else {
      failure.value = null
      isLoaded.value = true
      apply(answer.fetched)
    }
  }

  watch(
    () => session.account?.id,
    (accountId) => {
      latest += 1
      isLoaded.value = false
      failure.value = null
      reset()
      if (accountId !== undefined) void refresh()
    },
    { immediate: true, flush: 'sync' },
  )
  injectAdapter(SOCKET).onStatus((status) => {
    if (status === 'online' && session.account !== null) void refresh()
  })

  return { refresh, isLoaded, failure }
}

async function settle<T>(fetch: () => Promise<T>): Promise<{ fetched: T } | AppError> {
  try {
    return { fetched: await fetch() }
  } catch (error) {
    if (error instanceof AppError) return error
    throw error
  }
}
