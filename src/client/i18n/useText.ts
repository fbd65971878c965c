import { useI18n } from 'vue-i18n'
import type { Ref } from 'vue'
import type { MessageKey } from './messageKey.ts'

export interface Text {
  /** The text of a key in the current language. */
  readonly t: (key: MessageKey, values?: Record<string, string | number>) => string
  readonly locale: Readonly<Ref<string>>
}

/** The texts of the app, with keys that the compiler knows. */
export function useText(): Text {
  const { t, locale } = useI18n({ useScope: 'global' })
  return { t: (key, values = {}) => t(key, values), locale }
}
