import { AppError } from '#shared/errors.ts'
import type { CallInvited, CallResumed, IceServer } from '#shared/protocol/calls.ts'
import type { SocketService } from '#client/platform/socket/SocketService.ts'
import type { CallEvent } from './machine/events.ts'
import type { CallKind } from './machine/words.ts'
import type { Seat } from './seat.ts'

export interface CallRequestsOptions {
  socket: SocketService
  seat: Seat
  dispatch: (event: CallEvent) => void
  useIceServers: (servers: readonly IceServer[]) => void
}

/** The requests whose answers move the call. They never reject: a failure is an event. */
export interface CallRequests {
  invite(body: { callId: string; calleeId: string; kind: CallKind }): Promise<void>
  accept(callId: string): Promise<void>
  resume(body: { callId: string; answered: boolean }): Promise<void>
}

export function createCallRequests(options: CallRequestsOptions): CallRequests {
  const { socket, seat, dispatch } = options
  const { takeInvited, takeResumed } = createReplies(options)

  function refuse(callId: string, cause: unknown): void {
    const failure = cause instanceof AppError ? cause.code : 'request/server'
    dispatch({ type: 'server/refused', callId, failure })
  }

  return {
    async invite({ callId, calleeId, kind }) {
      const body = { callId, calleeId, kind, secret: seat.take(callId) }
      try {
        takeInvited(callId, await socket.request('call.invite', body))
      } catch (cause) {
        refuse(callId, cause)
      }
    },
    async accept(callId) {
      try {
        const body = { callId, secret: seat.take(callId) }
        const { acceptedAt, peerLeg } = await socket.request('call.accept', body)
        dispatch({ type: 'server/accepted', callId, acceptedAt, peerLeg })
      } catch (cause) {
        if (cause instanceof AppError && cause.code === 'call/taken') {
          dispatch({ type: 'server/taken', callId })
        } else refuse(callId, cause)
      }
    },
    async resume({ callId, answered }) {
      const { secrets, next } = seat.renew(callId)
      try {
        const body = { callId, secrets: [...secrets], next, answered }
        const reply = await socket.request('call.resume', body)
        seat.confirm(callId, next)
        takeResumed(callId, reply)
      } catch (cause) {
        // Not answered in time: it is asked again as soon as the server is reached.
        const code = cause instanceof AppError ? cause.code : 'request/server'
        if (code === 'call/taken') dispatch({ type: 'server/taken', callId })
        if (code === 'call/ended') {
          dispatch({ type: 'server/unknown', callId, at: socket.serverNow() })
        }
      }
    },
  }
}

interface Replies {
  takeInvited: (callId: string, reply: CallInvited) => void
  takeResumed: (callId: string, reply: CallResumed) => void
}

/** What the server answers, as events. */
function createReplies({ seat, dispatch, useIceServers }: CallRequestsOptions): Replies {
  function takeInvited(callId: string, reply: CallInvited): void {
    switch (reply.status) {
      case 'ringing': {
        const { invitedAt, reach } = reply
        useIceServers(reply.iceServers)
        dispatch({ type: 'server/invited', callId, invitedAt, reach })
        break
      }
      case 'closed': {
        const { outcome, durationMs } = reply
        dispatch({ type: 'server/closed', callId, outcome, durationMs })
        break
      }
      case 'merged':
        seat.move(callId, reply.into.callId)
        dispatch({ type: 'server/merged', callId, into: reply.into })
        // After it: the step forgets the servers of the call that never was.
        useIceServers(reply.into.iceServers)
        break
    }
  }

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

  return { takeInvited, takeResumed }
}
