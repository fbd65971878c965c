import { setImmediate as nextTurn } from 'node:timers/promises'

/** Resolves in a later turn of the event loop. */
export type TakeTurn = () => Promise<void>

/**
 * Long work is done in pieces, with a turn taken between two of them. Each turn of the event loop goes to
 * one piece only, so nobody waits for more than that, however many do such work at once.
 */
export function createTurns(): TakeTurn {
  let last = Promise.resolve()
  return () => (last = last.then(() => nextTurn()))
}

/** The items in their order, in pieces of at most so much weight each; a heavier item is a piece of its own. */
export function piecesOf<T>(
  items: readonly T[],
  weightOf: (item: T) => number,
  most: number,
): T[][] {
  const pieces: T[][] = []
  let weight = 0
  for (const item of items) {
    const last = pieces.at(-1)
    weight += weightOf(item)
    if (last === undefined || weight > most) {
      pieces.push([item])
      weight = weightOf(item)
    } else last.push(item)
  }
  return pieces
}
