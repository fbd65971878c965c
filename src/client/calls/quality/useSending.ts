import type { Shows } from '#shared/protocol/peerState.ts'
import type { TrackKind } from '../peer/trackKinds.ts'
import { tuneSender, type SenderLimits } from '../peer/senderTuning.ts'
import { fit } from './fitting.ts'

/** bit/s at which Opus is still good speech. */
const NARROW_VOICE = 16_000

export interface UseSendingReturn {
  /** Send what the peer shows and what there is room for; said again it costs nothing. */
  adapt(wanted: { shows: Shows | null; isCameraPaused: boolean }): void
}

/** Fits what is sent to who looks at it, and to the room that the voice leaves. */
export function useSending(
  sender: (kind: TrackKind) => RTCRtpSender | undefined,
): UseSendingReturn {
  const asked = new WeakMap<RTCRtpSender, Map<string, string>>()

  function ask(kind: TrackKind, name: string, limits: SenderLimits): void {
    const one = sender(kind)
    if (one === undefined) return
    const before = asked.get(one) ?? new Map<string, string>()
    asked.set(one, before)
    const text = JSON.stringify(limits)
    // A sender of which nothing was asked needs not be told that nothing is asked.
    if ((before.get(name) ?? '{}') === text) return
    before.set(name, text)
    void tuneSender(one, name, limits)
  }

  return {
    adapt({ shows, isCameraPaused }) {
      const height = sender('camera')?.track?.getSettings().height ?? null
      ask('camera', 'shown', fit(height, shows?.camera ?? null))
      // Of a screen one wants to read every letter: it is whole, or not sent.
      ask('screen', 'shown', shows?.screen === 0 ? { paused: true } : {})
      ask('camera', 'room', isCameraPaused ? { paused: true } : {})
      // The voice goes out twice (RED): on a narrow path at a rate at which both copies fit.
      ask('audio', 'room', isCameraPaused ? { maxBitrate: NARROW_VOICE } : {})
    },
  }
}
