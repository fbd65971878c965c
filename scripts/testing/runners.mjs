import { existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { binOf, NODE, ROOT } from '../places.mjs'
import { run } from '../run.mjs'
import { countsOfCheck, countsOfPlaywright, countsOfRun, countsOfVitest } from './counts.mjs'
import { withoutProgress } from './progress.mjs'
import { measureSlowness, SLOWNESS } from './slowness.mjs'

/**
 * @typedef {import('./counts.mjs').Counts} Counts
 * @typedef {object} Result
 * @property {Counts} counts
 * @property {string} [details] shown under the headline
 *
 * @typedef {object} Context
 * @property {Record<string, string>} env
 * @property {(line: string) => void} hear what a reporter tells while it runs
 *
 * @typedef {(context: Context) => Promise<Result>} Run
 */

const MINUTE_MS = 60_000
const PROGRESS = `${ROOT}/scripts/testing`

/**
 * A program of node_modules/.bin whose exit code is the verdict.
 * @param {string} name
 * @param {readonly string[]} args
 * @returns {Run}
 */
export const program = (name, ...args) => {
  return async () => {
    const limitMs = 15 * MINUTE_MS
    const { code, output } = await run(NODE, [binOf(name), ...args], { quiet: true, limitMs })
    return { counts: countsOfCheck(code === 0), ...(code === 0 ? {} : { details: output }) }
  }
}

/**
 * @typedef {object} Runner a test runner that leaves a report in JSON
 * @property {(report: string) => { command: readonly string[], env?: Record<string, string> }} start
 * @property {number} minutes after which it is ended, on a machine that is not slow
 * @property {(report: any) => Counts} read
 */

/**
 * @param {Runner} runner
 * @returns {Run}
 */
const tests = ({ start, minutes, read }) => {
  return async ({ env, hear }) => {
    const directory = mkdtempSync(join(tmpdir(), 'ahoy-report-'))
    const report = join(directory, 'report.json')
    const slowness = await measureSlowness()
    if (slowness > 1.5)
      console.log(`  limits × ${slowness.toFixed(1)}: the machine is slow or busy`)
    const limitMs = minutes * MINUTE_MS * slowness
    const { command, env: own } = start(report)
    const { code, output } = await run(NODE, command, {
      quiet: true,
      limitMs,
      env: { ...env, ...own, [SLOWNESS]: String(slowness) },
      onLine: hear,
    })
    const found = existsSync(report) ? read(JSON.parse(readFileSync(report, 'utf8'))) : undefined
    rmSync(directory, { recursive: true, force: true })
    const counts = countsOfRun(found, code)
    const late = code === 124 ? `\nEnded after ${(limitMs / MINUTE_MS).toFixed(0)} minutes.` : ''
    return { counts, ...(counts.failed > 0 ? { details: withoutProgress(output) + late } : {}) }
  }
}

/** @returns {Run} */
export const vitest = (/** @type {readonly string[]} */ ...args) =>
  tests({
    minutes: 25,
    read: countsOfVitest,
    start: (report) => ({
      command: [
        binOf('vitest'),
        'run',
        '--reporter=dot',
        `--reporter=${PROGRESS}/vitestProgress.mjs`,
        '--reporter=json',
        `--outputFile.json=${report}`,
        ...args,
      ],
    }),
  })

/** @returns {Run} */
export const playwright = (/** @type {readonly string[]} */ ...args) =>
  tests({
    minutes: 40,
    read: countsOfPlaywright,
    start: (report) => ({
      command: [
        binOf('playwright'),
        'test',
        '--config',
        'e2e/playwright.config.ts',
        `--reporter=dot,json,${PROGRESS}/playwrightProgress.mjs`,
        ...args,
      ],
      env: { PLAYWRIGHT_JSON_OUTPUT_FILE: report },
    }),
  })
