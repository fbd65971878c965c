import { AppError } from '#shared/errors.ts'
import type { CallResumed, IceServer } from '#shared/protocol/calls.ts'
import type { SocketService } from '#client/platform/socket/SocketService.ts'
import type { CallEvent } from '../machine/events.ts'
import type { ResumeSecrets } from './resumeSecrets.ts'

export interface CallRequestsOptions {
  socket: SocketService
  resumeSecrets: ResumeSecrets
  dispatch: (event: CallEvent) => void
  useIceServers: (servers: readonly IceServer[]) => void
}

/** Ask how a call stands, and take the place in it again [CA12] [CA14]. */
export function createResuming(
  options: CallRequestsOptions,
): (body: { callId: string; answered: boolean }) => Promise<void> {
  const { socket, resumeSecrets, dispatch, useIceServers } = options

  function takeResumed(callId: string, reply: CallResumed): void {
    if (reply.status === 'closed') {
      const { outcome, durationMs } = reply
      dispatch({ type: 'server/closed', callId, outcome, durationMs })
      return
    }
    useIceServers(reply.iceServers)
    if (reply.status === 'ringing') {
      dispatch({ type: 'server/invited', callId, invitedAt: reply.invitedAt, reach: 'sent' })
    } else {
      const { acceptedAt, peerLeg } = reply
      dispatch({ type: 'server/resumed', callId, acceptedAt, peerLeg })
    }
  }

  function takeRefusal(callId: string, cause: unknown): void {
    // No reply in time: the tab asks again as soon as it reaches the server.
    if (!(cause instanceof AppError)) return
    if (cause.code === 'call/taken') dispatch({ type: 'server/taken', callId })
    if (cause.code !== 'call/ended') return
    dispatch({ type: 'server/unknown', callId })
  }

  return async ({ callId, answered }) => {
    const { secrets, next } = resumeSecrets.renew(callId)
    try {
      const body = { callId, secrets: [...secrets], next, answered }
      const reply = await socket.request('call.resume', body)
      resumeSecrets.confirm(callId, next)
      takeResumed(callId, reply)
    } catch (cause) {
      takeRefusal(callId, cause)
    }
  }
}
