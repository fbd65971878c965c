import { useIntervalFn } from '@vueuse/core'
import { watch } from 'vue'
import { useSessionStore } from './sessionStore.ts'

const EVERY_MS = 10_000

/** While the server has not heard of a log-out, tell it again. */
export function useOwedLogOut(): void {
  const session = useSessionStore()
  const { pause, resume } = useIntervalFn(() => void session.tellLogOut(), EVERY_MS, {
    immediate: false,
  })
  watch(
    () => session.owesLogOut,
    (owes) => {
      if (owes) resume()
      else pause()
    },
    { immediate: true },
  )
}
