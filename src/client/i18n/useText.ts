import { useI18n } from 'vue-i18n'
import type { Ref } from 'vue'
import { isolated } from './isolated.ts'
import type { MessageKey } from './messageKey.ts'

export interface Text {
  /** The text of a key in the current language; what is put into it turns nothing of the rest. */
  readonly t: (key: MessageKey, values?: Record<string, string | number>) => string
  readonly locale: Readonly<Ref<string>>
}

/** The texts of the app, with keys that the compiler knows. */
export function useText(): Text {
  const { t, locale } = useI18n({ useScope: 'global' })
  return { t: (key, values = {}) => t(key, allIsolated(values)), locale }
}

const allIsolated = (values: Record<string, string | number>): Record<string, string | number> =>
  Object.fromEntries(
    Object.entries(values).map(([name, value]) => [
      name,
      typeof value === 'string' ? isolated(value) : value,
    ]),
  )
