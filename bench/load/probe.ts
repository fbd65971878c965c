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
  loopMaxMs: number
  /** The most CPU time that the main thread took in one turn or in `LOOK_MS`; others on its core don't count. */
  turnMaxMs: number
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

const threadMs = (): number => {
  const { user, system } = process.threadCpuUsage()
  return (user + system) / 1000
}
let [lookedAt, turnMaxMs] = [threadMs(), 0]
setInterval(() => {
  const now = threadMs()
  turnMaxMs = Math.max(turnMaxMs, now - lookedAt)
  lookedAt = now
}, LOOK_MS).unref()

function turnNow(): number {
  const longest = turnMaxMs
  turnMaxMs = 0
  return longest
}

function loopNow(): Pick<Cost, 'loopP99Ms' | 'loopMaxMs'> {
  const [p99, longest] = [loop.percentile(99), loop.max]
  loop.reset()
  const lateMs = (ns: number): number => Math.max(0, ns / 1e6 - LOOK_MS)
  return { loopP99Ms: lateMs(p99), loopMaxMs: lateMs(longest) }
}

export function costNow(): Cost {
  const { user, system } = process.cpuUsage()
  const { rss, heapUsed } = process.memoryUsage()
  return {
    rssBytes: rss,
    heapBytes: heapUsed,
    cpuMs: (user + system) / 1000,
    waitedMs: waitedMs(),
    ...loopNow(),
    turnMaxMs: turnNow(),
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
