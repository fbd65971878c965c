import { EARLY_LEGS_MAX } from '#shared/limits.ts'
import type { CallEffect } from './effects.ts'
import type { RingingLeg } from './state.ts'
import type { LegRef } from './words.ts'

/**
 * Which of the ringing legs the caller connects to before the answer (decision 4): three at most,
 * visible tabs first, and only those that allow it. A visible leg that rings later replaces a hidden one.
 *
 * @returns all legs with the new one, and the connections to open and to drop
 */
export function withRingingLeg(
  callId: string,
  legs: readonly RingingLeg[],
  leg: Omit<RingingLeg, 'open' | 'gone'>,
): { legs: readonly RingingLeg[]; effects: CallEffect[] } {
  const known = legs.find(({ legId }) => legId === leg.legId)
  if (known !== undefined) {
    return {
      legs: legs.map((one) => (one === known ? { ...one, ...leg, gone: false } : one)),
      effects: [],
    }
  }
  const closed: RingingLeg = { ...leg, open: false, gone: false }
  if (!leg.early) return { legs: [...legs, closed], effects: [] }
  const opening: CallEffect = { type: 'peer/open', callId, leg: legRef(leg), offers: true }
  const opened = legs.filter(({ open }) => open)
  if (opened.length < EARLY_LEGS_MAX) {
    return { legs: [...legs, { ...closed, open: true }], effects: [opening] }
  }
  const hidden = opened.find(({ visible }) => !visible)
  if (!leg.visible || hidden === undefined) return { legs: [...legs, closed], effects: [] }
  return {
    legs: [
      ...legs.map((one) => (one === hidden ? { ...one, open: false } : one)),
      { ...closed, open: true },
    ],
    effects: [{ type: 'peer/drop', callId, legId: hidden.legId }, opening],
  }
}

/** A leg is gone and may come back: its peer connection is kept, as the server keeps the leg. */
export const withoutLeg = (legs: readonly RingingLeg[], { legId }: LegRef): readonly RingingLeg[] =>
  legs.map((leg) => (leg.legId === legId ? { ...leg, gone: true } : leg))

/** Only the ids of a leg. */
export const legRef = ({
  legId,
  deviceId,
}: {
  legId: string
  deviceId: string
}): {
  legId: string
  deviceId: string
} => ({ legId, deviceId })
