import type { CallPush } from '#shared/protocol/envelope.ts'
import type { CallEvent } from '#client/calls/machine/events.ts'

type SignalPush = Extract<CallPush, { type: 'call.offer' | 'call.answer' | 'call.candidate' }>

const isSignal = (push: CallPush): push is SignalPush =>
  push.type === 'call.offer' || push.type === 'call.answer' || push.type === 'call.candidate'

/** What one peer says to the other. */
function signaled(push: SignalPush): CallEvent {
  const { callId, from } = push.body
  const of = { type: 'peer/signaled', callId, from } as const
  switch (push.type) {
    case 'call.offer':
    case 'call.answer': {
      const { generation, sdp } = push.body
      const type = push.type === 'call.offer' ? 'offer' : 'answer'
      return { ...of, signal: { type, generation, sdp } }
    }
    case 'call.candidate': {
      const { generation, candidate } = push.body
      return { ...of, signal: { type: 'candidate', generation, candidate } }
    }
  }
}

/** What the server says of calls, as events of the machine. */
export function eventOf(push: CallPush): CallEvent {
  if (isSignal(push)) return signaled(push)
  const { callId } = push.body
  switch (push.type) {
    case 'call.coming': {
      const { caller: peer, kind, invitedAt, callerLeg } = push.body
      return { type: 'server/coming', callId, peer, kind, invitedAt, callerLeg }
    }
    case 'call.ringing': {
      const { from: leg, visible, early } = push.body
      return { type: 'server/ringing', callId, leg, visible, early }
    }
    case 'call.accepted':
      return { type: 'server/accepted', ...push.body }
    case 'call.taken':
      return { type: 'server/taken', callId }
    case 'call.peer':
      return { type: 'server/peer', ...push.body }
    case 'call.left': {
      const { from: leg, reach } = push.body
      return { type: 'server/left', callId, leg, reach }
    }
    case 'call.closed':
      return { type: 'server/closed', ...push.body }
  }
}
