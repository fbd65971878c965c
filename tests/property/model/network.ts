import type { Chance } from './chance.ts'
import type { VirtualClock } from './virtualClock.ts'

/** How bad the way is. Frames with different delays overtake each other. */
export interface Weather {
  readonly lossPercent: number
  /** No more than so many are lost; left out, there is no end to it. */
  readonly lossMax?: number
  readonly doublePercent: number
  readonly delayMs: number
  readonly jitterMs: number
}

export const FAIR: Weather = { lossPercent: 0, doublePercent: 0, delayMs: 20, jitterMs: 0 }

export interface Network {
  weather: Weather
  /** Hand one frame over. @returns whether it arrives at all */
  carry(deliver: () => void): boolean
}

export function createNetwork(clock: VirtualClock, chance: Chance): Network {
  let lost = 0

  function isLost({ lossPercent, lossMax = Infinity }: Weather): boolean {
    if (lossPercent === 0 || lost >= lossMax || !chance.percent(lossPercent)) return false
    lost += 1
    return true
  }

  function deliverLater({ delayMs, jitterMs }: Weather, deliver: () => void): void {
    clock.after(delayMs + (jitterMs === 0 ? 0 : chance.below(jitterMs)), deliver)
  }
  return {
    weather: FAIR,
    carry(deliver) {
      const { weather } = this
      if (isLost(weather)) return false
      deliverLater(weather, deliver)
      const isDoubled = weather.doublePercent > 0 && chance.percent(weather.doublePercent)
      if (isDoubled) deliverLater(weather, deliver)
      return true
    },
  }
}
