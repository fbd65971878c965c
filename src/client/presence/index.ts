export { usePreferencesStore } from './preferencesStore.ts'
export { usePresenceStore } from './presenceStore.ts'
