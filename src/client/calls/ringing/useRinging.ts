import type { Alerts } from '#client/platform/alerts/Alerts.ts'
import type { Sound } from '#client/platform/sound/Sound.ts'
import type { Ring } from '../machine/effects.ts'
import { TUNES } from './ringtone.ts'

export interface UseRingingReturn {
  ring(ring: Ring, callId: string): void
}

/** Sound of a call. Of all tabs of a device only one rings; when it goes, the next takes over. */
export function useRinging(sound: Sound, alerts: Alerts): UseRingingReturn {
  let silence: () => void = () => undefined

  function ringIncoming(callId: string): () => void {
    let stop: () => void = () => undefined
    const giveBack = alerts.holdSoundRight(`ahoy-ring-${callId}`, () => {
      stop = sound.loop(TUNES.incoming)
    })
    return () => {
      stop()
      giveBack()
    }
  }

  return {
    ring(ring, callId) {
      silence()
      silence = () => undefined
      switch (ring) {
        case 'incoming':
          silence = ringIncoming(callId)
          break
        case 'ringback':
          silence = sound.loop(TUNES.ringback)
          break
        case 'ended':
          sound.play(TUNES.ended)
          break
        case 'silence':
          break
      }
    },
  }
}
