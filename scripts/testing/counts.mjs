/**
 * @typedef {object} Counts
 * @property {number} passed
 * @property {number} failed
 * @property {number} skipped
 */

/** The counts of a step that is one check. */
export const countsOfCheck = (/** @type {boolean} */ isRight) =>
  isRight ? { passed: 1, failed: 0, skipped: 0 } : { passed: 0, failed: 1, skipped: 0 }

/**
 * What vitest's json reporter wrote.
 * @param {{ numPassedTests: number, numFailedTests: number, numPendingTests: number,
 *   numTodoTests: number, testResults: readonly { status: string,
 *   assertionResults: readonly unknown[] }[] }} report
 * @returns {Counts}
 */
export function countsOfVitest(report) {
  // A file that could not be loaded has no test that could fail.
  const unloaded = report.testResults.filter(
    (file) => file.status === 'failed' && file.assertionResults.length === 0,
  )
  return {
    passed: report.numPassedTests,
    failed: report.numFailedTests + unloaded.length,
    skipped: report.numPendingTests + report.numTodoTests,
  }
}

/**
 * What Playwright's json reporter wrote.
 * @param {{ stats: { expected: number, unexpected: number, flaky: number, skipped: number },
 *   errors: readonly unknown[] }} report `errors` are those outside of any test
 * @returns {Counts}
 */
export const countsOfPlaywright = ({ stats, errors }) => ({
  passed: stats.expected,
  failed: stats.unexpected + stats.flaky + errors.length,
  skipped: stats.skipped,
})

/**
 * The counts of a test run with its exit code: a run that failed without a failed test (it
 * crashed, was too late, or met an error outside of the tests) counts as one failure.
 * @param {Counts | undefined} counts undefined when it left no report
 * @param {number} code
 * @returns {Counts}
 */
export function countsOfRun(counts, code) {
  if (counts === undefined) return countsOfCheck(false)
  return code !== 0 && counts.failed === 0 ? { ...counts, failed: 1 } : counts
}

/**
 * @param {readonly Counts[]} all
 * @returns {Counts}
 */
export const sumOf = (all) =>
  all.reduce(
    (sum, one) => ({
      passed: sum.passed + one.passed,
      failed: sum.failed + one.failed,
      skipped: sum.skipped + one.skipped,
    }),
    { passed: 0, failed: 0, skipped: 0 },
  )

/** `12 passed, 0 failed`, with `, 3 skipped` when there are some. */
export const textOf = (/** @type {Counts} */ { passed, failed, skipped }) =>
  `${String(passed)} passed, ${String(failed)} failed` +
  (skipped > 0 ? `, ${String(skipped)} skipped` : '')
