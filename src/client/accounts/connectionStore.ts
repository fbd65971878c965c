import { defineStore } from 'pinia'
import { computed, ref } from 'vue'
import type { CloseReason } from '#client/platform/socket/closeReason.ts'
import type { SocketStatus } from '#client/platform/socket/SocketService.ts'
import { injectAdapter, SOCKET } from '#client/platform/keys.ts'
import { useSessionStore } from './sessionStore.ts'
import { useHttpPasses } from './useHttpPasses.ts'

/** The way to the server. */
export const useConnectionStore = defineStore('connection', () => {
  const socket = injectAdapter(SOCKET)
  const status = ref<SocketStatus>(socket.status)
  /** Why this page may not connect again; null while it may. */
  const refusal = ref<Exclude<CloseReason, 'signed-out' | 'other-account'> | null>(null)

  socket.onStatus((next) => {
    status.value = next
  })
  socket.onRefused((reason) => {
    // With these two the page goes to the log-in, which says why.
    if (reason !== 'signed-out' && reason !== 'other-account') refusal.value = reason
  })

  const session = useSessionStore()
  /** Somebody is here, and has no live connection though this page may have one. */
  const isTrouble = computed(
    () => session.account !== null && refusal.value === null && status.value !== 'online',
  )
  /** HTTP gets through meanwhile, so that something lets only the live connection not through. */
  const isBlocked = useHttpPasses(isTrouble)

  return { status, refusal, isTrouble, isBlocked }
})
