import type { CallAccepted, CallInvited, CallResumed } from '#shared/protocol/calls.ts'
import type { Request } from '#shared/protocol/envelope.ts'
import type { CallEffect } from '#client/calls/machine/effects.ts'
import type { CallEvent, EventOf } from '#client/calls/machine/events.ts'
import type { Signal } from '#client/calls/machine/signal.ts'
import type { ResumeSecrets } from '#client/calls/session/resumeSecrets.ts'
import type { Answer } from './serverLife.ts'

type EffectOf<T extends CallEffect['type']> = Extract<CallEffect, { type: T }>
type SendType = Extract<CallEffect['type'], `send/${string}`>
/** Each effect that says something to the server. */
export type TabRequests = { readonly [T in SendType]: (effect: EffectOf<T>) => void } & {
  /** The call is over here: its invite is not said again. */
  readonly leave: (callId: string) => void
}

export interface TabRequestsOptions {
  /** @returns have it not said again */
  readonly request: (request: Request, settle: (answer: Answer) => void) => () => void
  readonly resumeSecrets: ResumeSecrets
  readonly dispatch: (event: CallEvent) => void
  readonly visible: boolean
  readonly early: boolean
}

const ignore = (): void => undefined

export function createTabRequests(options: TabRequestsOptions): TabRequests {
  const { request, resumeSecrets, dispatch, visible, early } = options
  const inviting = new Map<string, () => void>()

  function refuse(callId: string, code: string): void {
    dispatch({
      type: 'server/refused',
      callId,
      failure: code as EventOf<'server/refused'>['failure'],
    })
  }

  function takeInvited(callId: string, reply: CallInvited): void {
    if (reply.status === 'ringing') dispatch({ type: 'server/invited', callId, ...reply })
    else if (reply.status === 'closed') dispatch({ type: 'server/closed', callId, ...reply })
    else {
      resumeSecrets.move(callId, reply.into.callId)
      dispatch({ type: 'server/merged', callId, into: reply.into })
    }
  }

  function takeResumed(callId: string, reply: CallResumed): void {
    if (reply.status === 'closed') dispatch({ type: 'server/closed', callId, ...reply })
    else if (reply.status === 'talking') dispatch({ ...reply, type: 'server/resumed' })
    else dispatch({ type: 'server/invited', callId, invitedAt: reply.invitedAt, reach: 'sent' })
  }

  return {
    'send/invite': ({ callId, calleeId, kind }) => {
      if (inviting.has(callId)) return
      const body = { callId, calleeId, kind, secret: resumeSecrets.take(callId) }
      const silence = request({ type: 'call.invite', body }, (answer) => {
        inviting.delete(callId)
        if (answer.ok) takeInvited(callId, answer.body as CallInvited)
        else refuse(callId, answer.code)
      })
      inviting.set(callId, silence)
    },
    leave: (callId) => inviting.get(callId)?.(),
    'send/accept': ({ callId }) => {
      const body = { callId, secret: resumeSecrets.take(callId) }
      request({ type: 'call.accept', body }, (answer) => {
        if (answer.ok) dispatch({ type: 'server/accepted', ...(answer.body as CallAccepted) })
        else if (answer.code === 'call/taken') dispatch({ type: 'server/taken', callId })
        else refuse(callId, answer.code)
      })
    },
    'send/resume': ({ callId, answered }) => {
      const { secrets, next } = resumeSecrets.renew(callId)
      const body = { callId, secrets: [...secrets], next, answered }
      request({ type: 'call.resume', body }, (answer) => {
        if (answer.ok) {
          resumeSecrets.confirm(callId, next)
          takeResumed(callId, answer.body as CallResumed)
        } else if (answer.code === 'call/taken') dispatch({ type: 'server/taken', callId })
        else if (answer.code === 'call/ended') {
          dispatch({ type: 'server/unknown', callId })
        }
      })
    },
    'send/ringing': ({ callId }) => {
      request({ type: 'call.ringing', body: { callId, audible: true, visible, early } }, ignore)
    },
    'send/reject': ({ callId, text }) => {
      const body = text === null ? { callId } : { callId, text }
      request({ type: 'call.reject', body }, ignore)
    },
    'send/cancel': ({ callId }) => {
      request({ type: 'call.cancel', body: { callId } }, ignore)
    },
    'send/hangup': ({ callId, outcome }) => {
      const body = outcome === 'failed' ? { callId, outcome } : { callId }
      request({ type: 'call.hangup', body }, ignore)
    },
  }
}

/** One description to one leg; candidates say nothing in a world without addresses. */
export function signalRequest(callId: string, toLeg: string, signal: Signal): Request | null {
  if (signal.type === 'candidate') return null
  const { type, generation, sdp } = signal
  return { type: `call.${type}`, body: { callId, toLeg, generation, sdp } }
}
