import type { AppError, ErrorCode } from '#shared/errors.ts'
import type { MessageKey } from './messageKey.ts'
import { useText } from './useText.ts'

type Dotted<C extends string> = C extends `${infer F}/${infer R}` ? `errors.${F}.${R}` : never

/** Where the words for a failure stand. */
export const errorKey = (code: ErrorCode): MessageKey =>
  `errors.${code.replace('/', '.')}` as Dotted<ErrorCode>

/** A failure in the user's words, with what to do next. */
export function useErrorText(): (error: AppError) => string {
  const { t } = useText()
  return (error) => {
    if (error.code !== 'request/rate-limited' || error.retryAfterMs === undefined) {
      return t(errorKey(error.code))
    }
    return t('errors.rateLimitedFor', { seconds: Math.ceil(error.retryAfterMs / 1000) })
  }
}
