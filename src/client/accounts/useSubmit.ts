import { ref, type Ref } from 'vue'
import { AppError } from '#shared/errors.ts'
import { useCountdown } from './useCountdown.ts'

export interface Submit {
  readonly isBusy: Readonly<Ref<boolean>>
  readonly failure: Readonly<Ref<AppError | null>>
  /** Seconds until another try makes sense. */
  readonly waitSeconds: Readonly<Ref<number>>
  readonly submit: (work: () => Promise<void>) => Promise<boolean>
}

/** Send a form: two presses are one, a failure stays to be read, a limit counts down. */
export function useSubmit(): Submit {
  const isBusy = ref(false)
  const failure = ref<AppError | null>(null)
  const { seconds: waitSeconds, start } = useCountdown()

  /** @returns whether it went through */
  async function submit(work: () => Promise<void>): Promise<boolean> {
    if (isBusy.value || waitSeconds.value > 0) return false
    isBusy.value = true
    failure.value = null
    try {
      await work()
      return true
    } catch (error) {
      if (!(error instanceof AppError)) throw error
      failure.value = error
      if (error.retryAfterMs !== undefined) start(error.retryAfterMs)
      return false
    } finally {
      isBusy.value = false
    }
  }

  return { isBusy, failure, waitSeconds, submit }
}
