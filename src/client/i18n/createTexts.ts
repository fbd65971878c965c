import { createI18n } from 'vue-i18n'
import type { InjectionKey, Plugin } from 'vue'
import type { Locale } from './locale.ts'
import type { Messages } from './messageKey.ts'

/** The language of the app: installed once, changed from the settings. */
export interface Texts {
  readonly plugin: Plugin
  /** Speak another language from now on; its texts come over the network the first time. */
  change(locale: Locale): Promise<void>
}

export const TEXTS: InjectionKey<Texts> = Symbol('texts')

const LOADERS: Record<Locale, () => Promise<{ messages: Messages }>> = {
  'zh-CN': () => import('./zhCN.ts'),
  en: () => import('./en.ts'),
}

/** Load one language, and no other. */
export async function createTexts(locale: Locale): Promise<Texts> {
  const loaded = new Set([locale])
  const { messages } = await LOADERS[locale]()
  const i18n = createI18n({ legacy: false, locale, messages: { [locale]: messages } })
  let wanted = locale

  async function change(next: Locale): Promise<void> {
    wanted = next
    if (!loaded.has(next)) {
      i18n.global.setLocaleMessage(next, (await LOADERS[next]()).messages)
      loaded.add(next)
    }
    if (wanted === next) i18n.global.locale.value = next
  }

  return { plugin: i18n, change }
}
