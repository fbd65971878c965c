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
