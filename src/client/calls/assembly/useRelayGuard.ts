import { shallowRef, watch, type Ref } from 'vue'
import type { IceServer } from '#shared/protocol/calls.ts'
import type { CallEvent } from '../machine/events.ts'
import type { CallState } from '../machine/state.ts'
import { hasRelay } from '../peer/relayServers.ts'

export interface UseRelayGuardOptions {
  call: Readonly<Ref<CallState | null>>
  relayOnly: () => boolean
  dispatch: (event: CallEvent) => void
}

export interface UseRelayGuardReturn {
  /** The servers that come with the call at hand. */
  useIceServers: (servers: readonly IceServer[]) => void
}

/**
 * Who always wants to be relayed can't be put through where no TURN server is: that is known as soon
 * as the servers are, so it is said then, and not after half a minute of "connecting".
 */
export function useRelayGuard({
  call,
  relayOnly,
  dispatch,
}: UseRelayGuardOptions): UseRelayGuardReturn {
  const offered = shallowRef<readonly IceServer[] | null>(null)

  function forget(): void {
    offered.value = null
  }

  watch(() => call.value?.callId, forget, { flush: 'sync' })
  // Not in the middle of a step: its other effects come first.
  watch([call, offered, relayOnly], ([at, servers, isWanted]) => {
    if (at === null || servers === null || !isWanted || hasRelay(servers)) return
    // It may ring here all the same: only who answers wants to be put through.
    if (at.status !== 'waiting' && at.status !== 'calling') return
    dispatch({ type: 'server/refused', callId: at.callId, failure: 'negotiation/no-relay' })
  })

  return {
    useIceServers(servers) {
      offered.value = servers
    },
  }
}
