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
 * @typedef {object} Progress
 * @property {(line: string) => void} hear a line of the suite's output
 * @property {() => void} stop the suite has ended
 */

/**
 * Says every twenty seconds how far a running suite is, also one that tells nothing or hangs, and each
 * failure at once.
 * @param {string} suite
 * @returns {Progress}
 */
export function createProgress(suite) {
  const startedAt = performance.now()
  let failures = 0
  let counted = ''

  const timer = setInterval(() => {
    const seconds = Math.round((performance.now() - startedAt) / 1000)
    console.log(`  ${suite}: ${String(seconds)} s${counted}`)
  }, EVERY_MS)

  return {
    hear(line) {
      if (!line.startsWith(MARK)) return
      /** @type {Step} */
      const { done, of, unit, failed } = JSON.parse(line.slice(MARK.length))
      for (const title of failed) console.log(`  ✗ ${title}`)
      failures += failed.length
      counted = `, ${String(done)} of ${String(of)} ${unit}, ${String(failures)} failed`
    },
    stop: () => clearInterval(timer),
  }
}

/** The output of a suite without the lines that were for us. */
export const withoutProgress = (/** @type {string} */ output) =>
  output
    .split('\n')
    .filter((line) => !line.includes(MARK))
    .join('\n')
