import { defineStore } from 'pinia'
import { ref } from 'vue'
import { Preferences } from '#shared/protocol/presence.ts'
import { useFeedPart } from '#client/feed/index.ts'
import { HTTP, injectAdapter, SOCKET } from '#client/platform/keys.ts'

const EVERYTHING: Preferences = { showsTyping: true, showsPresence: true, showsReading: true }

/** What who is signed in lets others know, on all of their devices. */
export const usePreferencesStore = defineStore('preferences', () => {
  const http = injectAdapter(HTTP)
  const socket = injectAdapter(SOCKET)
  const preferences = ref<Preferences>(EVERYTHING)

  const { isLoaded, failure, refresh, markUser } = useFeedPart({
    name: 'preferences',
    schema: Preferences,
    fetch: () => http.get('/api/preferences', Preferences),
    apply: (next) => {
      preferences.value = next
    },
    take: (entry) => {
      if (entry.kind === 'preferences') preferences.value = entry.preferences
    },
    snapshot: () => preferences.value,
    clear: () => {
      preferences.value = EVERYTHING
    },
  })

  /** Let others know more or less: shown at once, taken back where the server refuses. @throws AppError */
  async function prefer(wanted: Partial<Preferences>): Promise<void> {
    const isHere = markUser()
    const before = preferences.value
    preferences.value = { ...before, ...wanted }
    try {
      preferences.value = (await socket.request('presence.prefer', wanted)).preferences
    } catch (error) {
      if (isHere()) preferences.value = before
      throw error
    }
  }

  return { preferences, isLoaded, failure, refresh, prefer }
})
