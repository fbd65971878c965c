import { ref, type Ref } from 'vue'
import { AppError } from '#shared/errors.ts'

export interface FailureReturn {
  /** Why it did not go the last time; null: it went, or was not tried yet. */
  readonly failure: Readonly<Ref<AppError | null>>
  readonly attempt: (work: Promise<void>) => Promise<void>
}

/** Fetch something that may fail: why stays to be read, until it goes. */
export function useFailure(): FailureReturn {
  const failure = ref<AppError | null>(null)

  async function attempt(work: Promise<void>): Promise<void> {
    try {
      await work
      failure.value = null
    } catch (error) {
      if (!(error instanceof AppError)) throw error
      failure.value = error
    }
  }

  return { failure, attempt }
}
