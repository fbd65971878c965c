import { useDebounceFn } from '@vueuse/core'
import { FEED_CHECK_MS } from '#shared/limits.ts'

/** So soon after the last entry the server is told that it has arrived, and at the latest after the other. */
const ACK_MS = 300
const ACK_MAX_MS = 2_000

/** When the server is asked what comes next. */
export interface Asking {
  /** Also when it says nothing for long. */
  readonly later: () => void
  /** Something has come, and to ask what comes next is to say so. */
  readonly soon: () => void
  /** Not until it is asked again. */
  readonly stop: () => void
}

export function createAsking(ask: () => Promise<void>): Asking {
  let isStopped = false
  let check: ReturnType<typeof setTimeout> | undefined
  const askSoon = useDebounceFn(() => (isStopped ? undefined : ask()), ACK_MS, {
    maxWait: ACK_MAX_MS,
  })

  return {
    later() {
      isStopped = false
      clearTimeout(check)
      check = setTimeout(() => void ask(), FEED_CHECK_MS)
    },
    soon: () => void askSoon(),
    stop() {
      isStopped = true
      clearTimeout(check)
    },
  }
}
