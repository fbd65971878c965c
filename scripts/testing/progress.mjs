import { performance } from 'node:perf_hooks'

/**
 * @typedef {object} Step what a reporter tells while its suite runs
 * @property {number} done tests (or files, where tests are not known before) that have ended
 * @property {number} of how many there are
 * @property {string} unit `tests` or `files`
 * @property {readonly string[]} failed titles that have failed since the last step
 */

/** Begins a line of a reporter that is for us and not for the screen. */
const MARK = '::progress '
const EVERY_MS = 20_000

/** What a reporter writes. */
export const lineOf = (/** @type {Step} */ step) => `${MARK}${JSON.stringify(step)}\n`

/**
 * Hears the lines of a running suite and says how far it is: each failure at once, the count every
 * twenty seconds.
 * @param {string} suite
 * @param {{ say?: (line: string) => void, now?: () => number }} [surroundings]
 */
export function createProgress(suite, { say = console.log, now = () => performance.now() } = {}) {
  let failures = 0
  let saidAt = now()

  return {
    /** @param {string} line of the suite's output */
    hear(line) {
      if (!line.startsWith(MARK)) return
      /** @type {Step} */
      const { done, of, unit, failed } = JSON.parse(line.slice(MARK.length))
      for (const title of failed) say(`  ✗ ${title}`)
      failures += failed.length
      if (now() - saidAt < EVERY_MS) return
      saidAt = now()
      say(`  ${suite}: ${String(done)} of ${String(of)} ${unit}, ${String(failures)} failed`)
    },
  }
}

/** The output of a suite without the lines that were for us. */
export const withoutProgress = (/** @type {string} */ output) =>
  output
    .split('\n')
    .filter((line) => !line.includes(MARK))
    .join('\n')
