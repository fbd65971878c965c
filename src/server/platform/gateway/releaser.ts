/** What holds frames back. */
export interface Holding {
  release(): void
}

/**
 * How long a frame that nobody waits for may wait for company: at 50 ms nearly each went alone, and
 * they went all at once, before everybody's signals. The client repeats its request after 3 s.
 */
const HOLD_MS = 200

/**
 * Releases, in a moment, what is not released by then. A write to the network costs more than all
 * else that a relayed signal costs, and a reply can share that of the next signal.
 */
export function createReleaser(): (holding: Holding) => void {
  const waiting = new Set<Holding>()

  function releaseAll(): void {
    const due = [...waiting]
    waiting.clear()
    for (const holding of due) holding.release()
  }

  return (holding) => {
    if (waiting.size === 0) setTimeout(releaseAll, HOLD_MS).unref()
    waiting.add(holding)
  }
}
