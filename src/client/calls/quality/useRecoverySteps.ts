import { shallowRef, watch, type Ref } from 'vue'
import type { Asks, PeerState } from '#shared/protocol/peerState.ts'
import type { UsePeerConnectionReturn } from '../peer/usePeerConnection.ts'
import { nextStep, NOTHING_TRIED, type RecoveryStep } from './recoverySteps.ts'
import type { UseQualityReturn } from './useQuality.ts'

export interface UseRecoveryStepsOptions extends Pick<UseQualityReturn, 'onAlarm'> {
  /** Each call starts with no tries. */
  callId: Readonly<Ref<string | undefined>>
  peer: () => Pick<UsePeerConnectionReturn, 'recover' | 'sendAgain'>
  /** ms */
  now: () => number
}

export interface UseRecoveryStepsReturn {
  /** What this side asks the peer for. */
  localState: () => Pick<PeerState, 'asks'>
  receive(state: Pick<PeerState, 'asks'>): void
  /** Listen to the steps that are taken. @returns what stops listening. */
  onStep(handler: (what: RecoveryStep) => void): () => void
}

const STEPS = ['sound', 'picture'] as const
const NOTHING_ASKED: Asks = { sound: 0, picture: 0 }

/**
 * Takes one recovery step when a watchdog reports an alarm: this side looks for another path or attaches
 * the picture again, and asks the peer to send it again, which starts with a key frame.
 */
export function useRecoverySteps({
  onAlarm,
  callId,
  peer,
  now,
}: UseRecoveryStepsOptions): UseRecoveryStepsReturn {
  const asked = shallowRef(NOTHING_ASKED)
  const handlers = new Set<(what: RecoveryStep) => void>()
  let steps = NOTHING_TRIED
  let answered = NOTHING_ASKED

  watch(
    callId,
    () => {
      steps = NOTHING_TRIED
      asked.value = answered = NOTHING_ASKED
    },
    { flush: 'sync' },
  )

  onAlarm((alarm) => {
    const { steps: next, due } = nextStep(steps, alarm, now())
    steps = next
    if (due === null) return
    peer().recover(due)
    asked.value = { ...asked.value, [due]: asked.value[due] + 1 }
    for (const handler of [...handlers]) handler(due)
  })

  return {
    localState: () => ({ asks: asked.value }),
    receive({ asks = NOTHING_ASKED }) {
      for (const what of STEPS) {
        // Another number is another request; a reloaded page counts from the start.
        if (asks[what] > 0 && asks[what] !== answered[what]) peer().sendAgain(what)
      }
      answered = asks
    },
    onStep(handler) {
      handlers.add(handler)
      return () => void handlers.delete(handler)
    },
  }
}
