import { defineStore } from 'pinia'
import { ref } from 'vue'
import type { CloseReason } from '#client/platform/socket/closeReason.ts'
import type { SocketStatus } from '#client/platform/socket/SocketService.ts'
import { injectAdapter, SOCKET } from '#client/platform/keys.ts'

/** The way to the server, for the screen. */
export const useConnectionStore = defineStore('connection', () => {
  const socket = injectAdapter(SOCKET)
  const status = ref<SocketStatus>(socket.status)
  /** Why this page may not connect again; null while it may. */
  const refusal = ref<Exclude<CloseReason, 'signed-out'> | null>(null)

  socket.onStatus((next) => {
    status.value = next
  })
  socket.onRefused((reason) => {
    if (reason !== 'signed-out') refusal.value = reason
  })

  return { status, refusal }
})
