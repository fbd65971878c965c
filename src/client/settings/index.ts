export { LANGUAGE_CHOICES, localeOf, readSettings, THEME_CHOICES } from './settings.ts'
export { useSettingsStore } from './settingsStore.ts'
