import type { Fate, Passing, Wire } from '../socket/wire.ts'

/** Whether a frame is the one that a fault is about. */
export type IsMeant = (passing: Passing) => boolean

export const named =
  (direction: Passing['direction'], name: string): IsMeant =>
  (passing) =>
    passing.direction === direction && passing.name === name

/** Pull the cable at the first frame that is meant: just before it passes, or just after. */
export function cutAt(
  wire: Wire,
  isMeant: IsMeant,
  { moment, forMs }: { moment: 'before' | 'after'; forMs: number },
): { readonly hasHappened: boolean } {
  const state = { hasHappened: false }

  function cut(): void {
    wire.cut()
    setTimeout(() => {
      wire.mend()
    }, forMs)
  }

  wire.onPassing = (passing) => {
    if (state.hasHappened || !isMeant(passing)) return
    state.hasHappened = true
    if (moment === 'before') cut()
    // It is on its way; two turns later it has arrived.
    else setImmediate(() => setImmediate(cut))
  }
  return state
}

/** Lose the first frame that is meant. */
export function loseOnce(wire: Wire, isMeant: IsMeant): { readonly hasHappened: boolean } {
  const state = { hasHappened: false }
  wire.fate = (passing) => {
    if (state.hasHappened || !isMeant(passing)) return [0]
    state.hasHappened = true
    return []
  }
  return state
}

/** Frames that are meant take their time, the others don't. */
export const delaying =
  (isMeant: IsMeant, ms: number): Fate =>
  (passing) =>
    isMeant(passing) ? [ms] : [0]

/** Frames that are meant come a second time, later. */
export const doubling =
  (isMeant: IsMeant, laterMs: number): Fate =>
  (passing) =>
    isMeant(passing) ? [0, laterMs] : [0]

/** Pseudo-random numbers from 0 to 1 that a seed decides (mulberry32). */
export function randomOf(seed: number): () => number {
  let state = seed
  return () => {
    state = (state + 0x6d2b79f5) | 0
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state)
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296
  }
}
