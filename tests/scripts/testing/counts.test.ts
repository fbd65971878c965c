import { describe, expect, test } from 'vitest'
import {
  countsOfPlaywright,
  countsOfRun,
  countsOfVitest,
  sumOf,
  textOf,
} from '../../../scripts/testing/counts.mjs'

describe('the counts of a test run', () => {
  test('a file that can not be loaded is a failure', () => {
    const report = {
      numPassedTests: 3,
      numFailedTests: 1,
      numPendingTests: 1,
      numTodoTests: 1,
      testResults: [
        { status: 'failed', assertionResults: [] },
        { status: 'failed', assertionResults: [{}] },
        { status: 'passed', assertionResults: [{}] },
      ],
    }
    expect(countsOfVitest(report)).toEqual({ passed: 3, failed: 2, skipped: 2 })
  })

  test('a flaky browser test and an error outside of the tests are failures', () => {
    const stats = { expected: 5, unexpected: 1, flaky: 1, skipped: 2 }
    expect(countsOfPlaywright({ stats, errors: ['no server'] })).toEqual({
      passed: 5,
      failed: 3,
      skipped: 2,
    })
  })

  test.each([
    ['that left no report', undefined, 0, 1],
    ['that failed without a failed test', { passed: 2, failed: 0, skipped: 0 }, 1, 1],
    ['with two failed tests', { passed: 2, failed: 2, skipped: 0 }, 1, 2],
    ['where all is well', { passed: 2, failed: 0, skipped: 0 }, 0, 0],
  ])('a run %s', (_, counts, code, failed) => {
    expect(countsOfRun(counts, code).failed).toBe(failed)
  })

  test('the last line tells of skipped tests only when there are some', () => {
    const some = { passed: 1, failed: 0, skipped: 0 }
    expect(textOf(some)).toBe('1 passed, 0 failed')
    expect(textOf(sumOf([some, { passed: 2, failed: 1, skipped: 3 }]))).toBe(
      '3 passed, 1 failed, 3 skipped',
    )
  })
})
