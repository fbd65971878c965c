import { ref, type Ref } from 'vue'

/** What could not be kept is tried again when something else is kept, but not more often than this. */
const TRY_AGAIN_MS = 10_000

export interface KeepingAgain {
  /** False once something could not be kept: it is lost with the page. */
  readonly isKept: Ref<boolean>
  readonly handleFailure: () => void
  readonly handleSuccess: () => void
  /** @param isKept whether anything is, from here on */
  readonly restart: (isKept: boolean) => void
}

/** Whether what is written is kept, and when to write once more what was not. */
export function useKeepingAgain(writeAgain: () => void): KeepingAgain {
  const isKept = ref(true)
  /** Something could not be kept, and was not tried again since. */
  let isOwed = false
  /** When either of it was, in monotonic ms. */
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
      // All is kept where nothing has failed since it was tried again.
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
