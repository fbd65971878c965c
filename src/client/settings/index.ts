export { localeOf, readSettings } from './settings.ts'
export { useSettingsStore } from './settingsStore.ts'
