import { declaring } from '../needs.mjs'
import { countsOfCheck, textOf } from './counts.mjs'
import { createProgress } from './progress.mjs'

/**
 * @typedef {import('./counts.mjs').Counts} Counts
 * @typedef {import('./runners.mjs').Result} Result
 * @typedef {import('./suites.mjs').Suite} Suite
 */

/**
 * What fails in an unexpected way has failed, too.
 * @param {() => Promise<Result>} step
 * @returns {Promise<Result>}
 */
export async function attempt(step) {
  try {
    return await step()
  } catch (error) {
    const details = error instanceof Error ? error.message : String(error)
    return { counts: countsOfCheck(false), details }
  }
}

/**
 * Run a suite and say so: that it begins, how far it is, what came of it.
 * @param {Suite} suite
 * @returns {Promise<Counts>}
 */
export async function runSuite({ name, needs, run }) {
  console.log(`▶ ${name}`)
  const startedAt = Date.now()
  const { hear, stop } = createProgress(name)
  const { counts, details } = await attempt(() => run({ env: declaring(needs), hear }))
  stop()
  const seconds = ((Date.now() - startedAt) / 1000).toFixed(0)
  console.log(`${counts.failed > 0 ? '✗' : '✓'} ${name}: ${textOf(counts)} (${seconds} s)`)
  if (details !== undefined) console.log(`${details.trimEnd()}\n`)
  return counts
}
