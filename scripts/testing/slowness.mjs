import { once } from 'node:events'
import { availableParallelism } from 'node:os'
import { performance } from 'node:perf_hooks'
import { Worker } from 'node:worker_threads'

/** What limits of time are multiplied by; read by the configurations of both test runners. */
export const SLOWNESS = 'AHOY_SLOWNESS'

/** How long the work below takes on the quiet machine that the limits were chosen for. */
const REFERENCE_MS = 300
/** Nothing is gained by waiting longer for what will not come. */
const MOST = 8
/** It is rounded up to quarters: limits stay whole numbers of ms, which SQLite and others insist on. */
const STEPS = 4

/** Work of a fixed size, the same on each core; it tells when it begins and when it has ended. */
const WORK = `
  const { parentPort } = require('node:worker_threads')
  const { pbkdf2Sync } = require('node:crypto')
  parentPort.once('message', () => {
    for (let round = 0; round < 10; round += 1) pbkdf2Sync('a', 'b', 45_000, 32, 'sha256')
    parentPort.postMessage('done')
  })
  parentPort.postMessage('ready')
`

/**
 * How much slower this machine is now than the one that the limits were chosen for: all cores work
 * at once, so that a machine busy with other things counts as a slow one.
 * @returns {Promise<number>} from 1 to 8
 */
export async function measureSlowness() {
  const workers = Array.from({ length: availableParallelism() }, () => {
    return new Worker(WORK, { eval: true })
  })
  await Promise.all(workers.map((worker) => once(worker, 'message')))
  const startedAt = performance.now()
  const done = workers.map((worker) => once(worker, 'message'))
  for (const worker of workers) worker.postMessage('start')
  await Promise.all(done)
  const tookMs = performance.now() - startedAt
  await Promise.all(workers.map((worker) => worker.terminate()))
  return inSteps(tookMs / REFERENCE_MS)
}

/** @param {number} ratio of the time it took to the time of the reference */
export const inSteps = (ratio) => Math.min(MOST, Math.max(1, Math.ceil(ratio * STEPS) / STEPS))

/** What limits are multiplied by in this process: 1 where nobody has measured. */
export const slowness = () => Number(process.env[SLOWNESS] ?? 1)
