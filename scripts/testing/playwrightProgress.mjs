import { lineOf } from './progress.mjs'

/** A reporter of Playwright: tells how many tests are done, and what has failed. */
export default class PlaywrightProgress {
  #of = 0
  #done = 0

  /**
   * @param {unknown} _config
   * @param {import('@playwright/test/reporter').Suite} suite
   */
  onBegin(_config, suite) {
    this.#of = suite.allTests().length
  }

  /**
   * @param {import('@playwright/test/reporter').TestCase} test
   * @param {import('@playwright/test/reporter').TestResult} result
   */
  onTestEnd(test, result) {
    this.#done += 1
    const isRight = result.status === test.expectedStatus || result.status === 'skipped'
    const title = test.titlePath().filter(Boolean).join(' › ')
    const failed = isRight ? [] : [title]
    process.stdout.write(`\n${lineOf({ done: this.#done, of: this.#of, unit: 'tests', failed })}`)
  }

  printsToStdio() {
    return false
  }
}
