import { ref, type Ref } from 'vue'

/** A failed write is repeated after a later one succeeds, but not more often than this. */
const TRY_AGAIN_MS = 10_000

export interface KeepingAgain {
  /** False once a write failed: what was written is lost with the page. */
  readonly isKept: Ref<boolean>
  readonly handleFailure: () => void
  readonly handleSuccess: () => void
  /** @param isKept whether writes last from here on */
  readonly restart: (isKept: boolean) => void
}

/** Whether writes are kept, and when to repeat those that were not. */
export function useKeepingAgain(writeAgain: () => void): KeepingAgain {
  const isKept = ref(true)
  /** A write failed and was not repeated since. */
  let isOwed = false
  /** When a write failed or was repeated, in monotonic ms. */
  let triedAt = 0

  return {
    isKept,
    handleFailure() {
      if (!isOwed) triedAt = performance.now()
      isOwed = true
      isKept.value = false
    },
    handleSuccess() {
      const now = performance.now()
      if (isKept.value || now - triedAt < TRY_AGAIN_MS) return
      triedAt = now
      // Nothing has failed since the writes were repeated: everything is kept.
      isKept.value = !isOwed
      if (isOwed) writeAgain()
      isOwed = false
    },
    restart(next) {
      isKept.value = next
      isOwed = false
    },
  }
}
