import type { CallPush } from '#shared/protocol/envelope.ts'
import type { CallEvent } from '#client/calls/machine/events.ts'

/** What the server says of calls, as events of the machine. */
export function eventOf(push: CallPush): CallEvent {
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
    case 'call.closed':
      return { type: 'server/closed', ...push.body }
    case 'call.offer': {
      const { from, generation, sdp } = push.body
      return { type: 'peer/signaled', callId, from, signal: { type: 'offer', generation, sdp } }
    }
    case 'call.answer': {
      const { from, generation, sdp } = push.body
      return { type: 'peer/signaled', callId, from, signal: { type: 'answer', generation, sdp } }
    }
    case 'call.candidate': {
      const { from, generation, candidate } = push.body
      const signal = { type: 'candidate', generation, candidate } as const
      return { type: 'peer/signaled', callId, from, signal }
    }
  }
}
