/** Loaded into each measured server before its program: answers what it has cost so far. */
import { readFileSync } from 'node:fs'

export interface Cost {
  rssBytes: number
  heapBytes: number
  /** CPU time of all threads. */
  cpuMs: number
  /** How long the main thread could have run and had no core; null where nobody counts it. */
  waitedMs: number | null
}

export interface Question {
  /** Collect garbage first. */
  settle: boolean
}

/** Some 60 MB of short-lived objects, more than the young generation holds. */
const YOUNG_OBJECTS = 1_500_000

function waitedMs(): number | null {
  try {
    const [, waitedNs] = readFileSync('/proc/self/schedstat', 'utf8').split(' ')
    return Number(waitedNs) / 1e6
  } catch {
    return null
  }
}

export function costNow(): Cost {
  const { user, system } = process.cpuUsage()
  const { rss, heapUsed } = process.memoryUsage()
  return {
    rssBytes: rss,
    heapBytes: heapUsed,
    cpuMs: (user + system) / 1000,
    waitedMs: waitedMs(),
  }
}

/**
 * Collect garbage, but first touch all memory of the young generation: it fills with whatever happens
 * to be allocated, and would be taken for the size of what was opened meanwhile.
 */
function settleHeap(): void {
  let chain: object | null = null
  for (let at = 0; at < YOUNG_OBJECTS; at += 1) chain = { next: at % 64 === 0 ? null : chain, at }
  if (chain !== null) globalThis.gc?.()
}

process.on('message', ({ settle }: Question) => {
  if (settle) settleHeap()
  process.send?.(costNow())
})
// Whoever measures is gone.
process.on('disconnect', () => process.exit())
