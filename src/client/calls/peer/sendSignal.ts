import type { SocketService } from '#client/platform/socket/SocketService.ts'
import type { Signal } from '../machine/signal.ts'
import type { LegRef } from '../machine/words.ts'

export interface SignalAddress {
  callId: string
  leg: LegRef
  /** The server lets nothing pass that shows where this side is [P1]. */
  relayOnly: boolean
}

/**
 * One signal to one leg of the peer, by the server.
 *
 * @throws AppError when the call is over, or nobody took it in time
 */
export function sendSignal(
  socket: SocketService,
  { callId, leg, relayOnly }: SignalAddress,
  signal: Signal,
): Promise<unknown> {
  const { generation, standby } = signal
  const path = standby === undefined ? {} : { standby }
  const privacy = relayOnly ? { relayOnly } : {}
  const address = { callId, toLeg: leg.legId, generation, ...path, ...privacy }
  switch (signal.type) {
    case 'offer':
      return socket.request('call.offer', { ...address, sdp: signal.sdp })
    case 'answer':
      return socket.request('call.answer', { ...address, sdp: signal.sdp })
    case 'candidate':
      return socket.request('call.candidate', { ...address, candidate: signal.candidate })
  }
}
