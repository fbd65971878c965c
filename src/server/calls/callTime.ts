import type { Clock } from '#server/platform/clock.ts'

/**
 * The time by which calls are counted, ms UTC. While one is on it goes on evenly, so that setting the
 * machine's clock makes no call longer or shorter; between calls it follows that clock.
 */
export function createCallTime(
  clock: Pick<Clock, 'now' | 'elapsed'>,
  isIdle: () => boolean,
): () => number {
  const readOffset = (): number => clock.now() - clock.elapsed()
  let offset = readOffset()
  return () => {
    if (isIdle()) offset = readOffset()
    return Math.round(offset + clock.elapsed())
  }
}
