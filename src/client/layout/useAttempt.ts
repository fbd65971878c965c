import { AppError } from '#shared/errors.ts'
import { useErrorText } from '#client/i18n/index.ts'
import { useToastStore } from './toastStore.ts'

/** Do something that the server may refuse: why is said in a line that passes by. */
export function useAttempt(): (work: () => Promise<unknown>) => Promise<void> {
  const toast = useToastStore()
  const errorText = useErrorText()
  return async (work) => {
    try {
      await work()
    } catch (error) {
      if (!(error instanceof AppError)) throw error
      toast.show(errorText(error))
    }
  }
}
