import { AppError } from '#shared/errors.ts'
import type { CallInvited } from '#shared/protocol/calls.ts'
import { createResuming, type CallRequestsOptions } from './callResuming.ts'
import type { CallKind } from '../machine/words.ts'

/** The requests whose replies change the call. They never reject: a failure is an event too. */
export interface CallRequests {
  invite(body: { callId: string; calleeId: string; kind: CallKind }): Promise<void>
  accept(callId: string): Promise<void>
  resume(body: { callId: string; answered: boolean }): Promise<void>
  /** The call has ended here: stop repeating its invite. A server that lost the call would ring again. */
  leave(callId: string): void
}

export function createCallRequests(options: CallRequestsOptions): CallRequests {
  const { socket, resumeSecrets, dispatch, useIceServers } = options
  /** Calls whose invite waits for a reply; the socket service repeats it. */
  const inviting = new Map<string, AbortController>()

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
        resumeSecrets.move(callId, reply.into.callId)
        dispatch({ type: 'server/merged', callId, into: reply.into })
        // In this order: the step before drops the ICE servers of the call that was merged away.
        useIceServers(reply.into.iceServers)
        break
    }
  }

  function refuse(callId: string, cause: unknown): void {
    const failure = cause instanceof AppError ? cause.code : 'request/server'
    dispatch({ type: 'server/refused', callId, failure })
  }

  return {
    async invite({ callId, calleeId, kind }) {
      // A second invite could arrive after the first was answered and the call has ended.
      if (inviting.has(callId)) return
      const leaving = new AbortController()
      inviting.set(callId, leaving)
      const body = { callId, calleeId, kind, secret: resumeSecrets.take(callId) }
      try {
        const reply = await socket.request('call.invite', body, leaving.signal)
        inviting.delete(callId)
        takeInvited(callId, reply)
      } catch (cause) {
        inviting.delete(callId)
        refuse(callId, cause)
      }
    },
    async accept(callId) {
      try {
        const body = { callId, secret: resumeSecrets.take(callId) }
        const { acceptedAt, peerLeg } = await socket.request('call.accept', body)
        dispatch({ type: 'server/accepted', callId, acceptedAt, peerLeg })
      } catch (cause) {
        if (cause instanceof AppError && cause.code === 'call/taken') {
          dispatch({ type: 'server/taken', callId })
        } else refuse(callId, cause)
      }
    },
    resume: createResuming(options),
    leave: (callId) => inviting.get(callId)?.abort(),
  }
}
