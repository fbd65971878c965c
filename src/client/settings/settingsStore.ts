import { defineStore } from 'pinia'
import { reactive, watch } from 'vue'
import { TEXTS } from '#client/i18n/index.ts'
import { injectAdapter, PAGE, STORAGE } from '#client/platform/keys.ts'
import { localeOf, readSettings, watchSettings, writeSettings } from './settings.ts'

/** What the user chose on this device: written when changed, followed by page and texts. */
export const useSettingsStore = defineStore('settings', () => {
  const storage = injectAdapter(STORAGE)
  const page = injectAdapter(PAGE)
  const texts = injectAdapter(TEXTS)
  const settings = reactive(readSettings(storage))

  watchSettings(storage, (elsewhere) => {
    Object.assign(settings, elsewhere)
  })
  watch(settings, (next) => {
    writeSettings(storage, next)
  })
  watch(
    () => settings.theme,
    (theme) => {
      page.setTheme(theme)
    },
    { immediate: true },
  )
  watch(
    () => localeOf(settings, page.languages),
    (locale) => {
      page.setLanguage(locale)
      void texts.change(locale)
    },
    { immediate: true },
  )

  return { settings }
})
