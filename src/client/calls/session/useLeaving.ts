import { watch } from 'vue'
import { useSessionStore } from '#client/accounts/index.ts'
import { useBlackBoxStore } from '../blackBox/blackBoxStore.ts'
import { useCallStore } from './callStore.ts'

/** A logout ends the call and removes all traces of it, so that the next user sees none. */
export function useLeaving(): void {
  const session = useSessionStore()
  const calls = useCallStore()
  const box = useBlackBoxStore()
  // After the socket is closed, which ends the call.
  watch(
    () => session.account?.id,
    (_next, before) => {
      if (before === undefined) return
      const { call } = calls
      if (call !== null) calls.dispatch({ type: 'timer/lingered', callId: call.callId })
      box.forget()
    },
  )
}
