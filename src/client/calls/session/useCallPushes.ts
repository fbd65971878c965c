import type { IceServer } from '#shared/protocol/calls.ts'
import type { SocketService } from '#client/platform/socket/SocketService.ts'
import { onScopeDispose } from 'vue'
import type { CallEvent } from '../machine/events.ts'

export interface UseCallPushesOptions {
  socket: SocketService
  dispatch: (event: CallEvent) => void
  /** The call of this tab. */
  currentCallId: () => string | undefined
  useIceServers: (servers: readonly IceServer[]) => void
}

/** The server's pushes about calls, and its return, as events of the machine. */
export function useCallPushes({
  socket,
  dispatch,
  currentCallId,
  useIceServers,
}: UseCallPushesOptions): void {
  let hasBeenOnline = false
  const offs = [
    socket.onStatus((status) => {
      if (status !== 'online') return
      const callId = currentCallId()
      if (hasBeenOnline && callId !== undefined) dispatch({ type: 'server/reached', callId })
      hasBeenOnline = true
    }),
    socket.onPush('call.coming', ({ callId, caller, kind, invitedAt, callerLeg, iceServers }) => {
      dispatch({ type: 'server/coming', callId, peer: caller, kind, invitedAt, callerLeg })
      if (callId === currentCallId()) useIceServers(iceServers)
    }),
    socket.onPush('call.ringing', ({ callId, from, visible, early }) => {
      dispatch({ type: 'server/ringing', callId, leg: from, visible, early })
    }),
    socket.onPush('call.left', ({ callId, from, reach }) => {
      dispatch({ type: 'server/left', callId, leg: from, reach })
    }),
    socket.onPush('call.accepted', ({ callId, acceptedAt, peerLeg }) => {
      dispatch({ type: 'server/accepted', callId, acceptedAt, peerLeg })
    }),
    socket.onPush('call.taken', ({ callId }) => {
      dispatch({ type: 'server/taken', callId })
    }),
    socket.onPush('call.peer', ({ callId, presence }) => {
      dispatch({ type: 'server/peer', callId, presence })
    }),
    socket.onPush('call.closed', ({ callId, outcome, durationMs }) => {
      dispatch({ type: 'server/closed', callId, outcome, durationMs })
    }),
    socket.onPush('call.offer', ({ callId, from, ...offer }) => {
      dispatch({ type: 'peer/signaled', callId, from, signal: { type: 'offer', ...offer } })
    }),
    socket.onPush('call.answer', ({ callId, from, ...answer }) => {
      dispatch({ type: 'peer/signaled', callId, from, signal: { type: 'answer', ...answer } })
    }),
    socket.onPush('call.candidate', ({ callId, from, ...candidate }) => {
      dispatch({ type: 'peer/signaled', callId, from, signal: { type: 'candidate', ...candidate } })
    }),
  ]
  onScopeDispose(() => {
    for (const off of offs) off()
  })
}
