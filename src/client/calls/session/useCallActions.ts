import type { SocketService } from '#client/platform/socket/SocketService.ts'
import { useCallStore } from './callStore.ts'
import { useControlsStore } from './controlsStore.ts'
import type { CallView } from '../view/useCall.ts'

type CallActions = Pick<CallView, 'dial' | 'accept' | 'reject' | 'cancel' | 'hangUp'>

/** What a user can do in a call. A second click finds another status, so a double click counts once. */
export function useCallActions(options: {
  socket: SocketService
  mintCallId: () => string
}): CallActions {
  const { socket, mintCallId } = options
  const calls = useCallStore()
  const controls = useControlsStore()
  const { dispatch } = calls

  /** The call that an action is for; without one the click came too late. */
  const withCallId = (act: (callId: string) => void): void => {
    if (calls.call !== null) act(calls.call.callId)
  }

  function accept({ muted }: { muted: boolean }): void {
    withCallId((callId) => {
      dispatch({ type: 'local/accepted', callId, muted })
    })
  }

  const hangUp = (): void => {
    withCallId((callId) => {
      dispatch({ type: 'local/hung-up', callId, at: socket.serverNow() })
    })
  }

  // Logged out, or another page took over this leg: nobody can be told, and nobody may go on listening.
  socket.onStatus((status) => {
    if (status !== 'offline') return
    hangUp()
    withCallId((callId) => {
      dispatch({ type: 'local/cancelled', callId })
      dispatch({ type: 'server/closed', callId, outcome: 'failed', durationMs: 0 })
    })
  })

  return {
    dial(peer, kind) {
      const { call } = calls
      // Calling the person who is calling right now is an answer.
      if (call?.status === 'coming' && call.peer.id === peer.id) {
        accept({ muted: false })
      } else if (call !== null && call.status !== 'closing') {
        controls.minimised = false
      } else {
        const callId = mintCallId()
        dispatch({ type: 'local/dialed', callId, peer, kind, at: socket.serverNow() })
      }
    },
    accept,
    reject(text) {
      withCallId((callId) => {
        dispatch({ type: 'local/rejected', callId, text: text ?? null })
      })
    },
    cancel() {
      withCallId((callId) => {
        dispatch({ type: 'local/cancelled', callId })
      })
    },
    hangUp,
  }
}
