import { shallowRef, watch, type Ref } from 'vue'
import type { Asks, PeerState } from '#shared/protocol/peerState.ts'
import type { UsePeerConnectionReturn } from '../peer/usePeerConnection.ts'
import { mend, NOTHING_MENDED, type Mend } from './mending.ts'
import type { UseQualityReturn } from './useQuality.ts'

export interface UseMendingOptions extends Pick<UseQualityReturn, 'onAlarm'> {
  /** Each call has its tries anew. */
  callId: Readonly<Ref<string | undefined>>
  peer: () => Pick<UsePeerConnectionReturn, 'mend' | 'sendAgain'>
  /** ms */
  now: () => number
}

export interface UseMendingReturn {
  /** What this side asks the peer for. */
  said: () => Pick<PeerState, 'asks'>
  hear(state: Pick<PeerState, 'asks'>): void
  /** Hear what is being mended; returns the function that stops it. */
  onMend(handler: (what: Mend) => void): () => void
}

const MENDS = ['sound', 'picture'] as const
const NOTHING_ASKED: Asks = { sound: 0, picture: 0 }

/**
 * Does once what can be done when a watchdog barks: this side looks for another path or shows the
 * picture anew, and asks the peer to send it anew, which begins with a key frame.
 */
export function useMending({ onAlarm, callId, peer, now }: UseMendingOptions): UseMendingReturn {
  const asked = shallowRef(NOTHING_ASKED)
  const handlers = new Set<(what: Mend) => void>()
  let mending = NOTHING_MENDED
  let answered = NOTHING_ASKED

  watch(
    callId,
    () => {
      mending = NOTHING_MENDED
      asked.value = answered = NOTHING_ASKED
    },
    { flush: 'sync' },
  )

  onAlarm((alarm) => {
    const { mending: next, due } = mend(mending, alarm, now())
    mending = next
    if (due === null) return
    peer().mend(due)
    asked.value = { ...asked.value, [due]: asked.value[due] + 1 }
    for (const handler of [...handlers]) handler(due)
  })

  return {
    said: () => ({ asks: asked.value }),
    hear({ asks = NOTHING_ASKED }) {
      for (const what of MENDS) {
        // Another number is another request; a reloaded page counts from the start.
        if (asks[what] > 0 && asks[what] !== answered[what]) peer().sendAgain(what)
      }
      answered = asks
    },
    onMend(handler) {
      handlers.add(handler)
      return () => void handlers.delete(handler)
    },
  }
}
