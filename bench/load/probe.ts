/** Loaded into each measured server before its program: answers what it has cost so far. */
import { readFileSync } from 'node:fs'
import { monitorEventLoopDelay } from 'node:perf_hooks'

export interface Cost {
  rssBytes: number
  heapBytes: number
  /** CPU time of all threads. */
  cpuMs: number
  /** How long the main thread could have run and had no core; null where nobody counts it. */
  waitedMs: number | null
  /** How late the event loop was, since it was asked before. */
  loopP99Ms: number
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

/** Looks every so many ms, and counts what it is late. */
const LOOK_MS = 10
const loop = monitorEventLoopDelay({ resolution: LOOK_MS })
loop.enable()

function loopP99Ms(): number {
  const ms = loop.percentile(99) / 1e6
  loop.reset()
  return Math.max(0, ms - LOOK_MS)
}

export function costNow(): Cost {
  const { user, system } = process.cpuUsage()
  const { rss, heapUsed } = process.memoryUsage()
  return {
    rssBytes: rss,
    heapBytes: heapUsed,
    cpuMs: (user + system) / 1000,
    waitedMs: waitedMs(),
    loopP99Ms: loopP99Ms(),
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
