/**
 * `npm test`: everything that shows that the product is true, from a fresh clone on. Goes on after
 * a failed step; its last line counts all steps and tests.
 */
import { existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { ensureChromium, findFirefox } from './browser.mjs'
import { buildClient } from './build.mjs'
import {
  countsOfCheck,
  countsOfPlaywright,
  countsOfRun,
  countsOfVitest,
  sumOf,
  textOf,
} from './counts.mjs'
import { installPackages } from './install.mjs'
import { binOf, NODE } from './places.mjs'
import { ensurePostgres } from './postgres.mjs'
import { run } from './run.mjs'
import { measureFirstLoad, tableOf } from './size.mjs'
import { ensureTurnserver } from './turnserver.mjs'

/**
 * @typedef {import('./counts.mjs').Counts} Counts
 * @typedef {object} Result
 * @property {Counts} counts
 * @property {string} [details] shown under the headline
 */

const MINUTE_MS = 60_000
const REPORTS = mkdtempSync(join(tmpdir(), 'ahoy-reports-'))

/**
 * A step that is a program, whose exit code is the verdict.
 * @param {string} program of node_modules/.bin
 * @param {readonly string[]} args
 * @returns {() => Promise<Result>}
 */
const program = (program, ...args) => {
  return async () => {
    const options = { quiet: true, limitMs: 15 * MINUTE_MS }
    const { code, output } = await run(NODE, [binOf(program), ...args], options)
    return { counts: countsOfCheck(code === 0), ...(code === 0 ? {} : { details: output }) }
  }
}

/**
 * @typedef {object} Runner a test runner that leaves a report in JSON
 * @property {string} report path
 * @property {readonly string[]} command
 * @property {Record<string, string | undefined>} [env]
 * @property {number} limitMs
 * @property {(report: any) => Counts} read
 */

/**
 * @param {Runner} runner
 * @returns {Promise<Result>}
 */
async function runTests({ report, command, env = {}, limitMs, read }) {
  const { code, output } = await run(NODE, command, { quiet: true, limitMs, env })
  const found = existsSync(report) ? read(JSON.parse(readFileSync(report, 'utf8'))) : undefined
  const counts = countsOfRun(found, code)
  const late = code === 124 ? `\nEnded after ${String(limitMs / MINUTE_MS)} minutes.` : ''
  return { counts, ...(counts.failed > 0 ? { details: output + late } : {}) }
}

async function unit() {
  await ensureTurnserver()
  await ensurePostgres()
  const report = join(REPORTS, 'unit.json')
  const reporters = ['--reporter=dot', '--reporter=json', `--outputFile.json=${report}`]
  const command = [binOf('vitest'), 'run', ...reporters]
  return runTests({ report, command, limitMs: 25 * MINUTE_MS, read: countsOfVitest })
}

/** @returns {Promise<Result>} */
async function build() {
  await buildClient()
  return { counts: countsOfCheck(true) }
}

/** @returns {Promise<Result>} */
async function size() {
  const measure = measureFirstLoad()
  return { counts: countsOfCheck(measure.isWithin), details: tableOf(measure) }
}

async function endToEnd() {
  const CHROME_PATH = await ensureChromium()
  const report = join(REPORTS, 'e2e.json')
  const config = ['--config', 'e2e/playwright.config.ts', '--reporter=dot,json']
  return runTests({
    report,
    command: [binOf('playwright'), 'test', ...config],
    env: { CHROME_PATH, FIREFOX_PATH: findFirefox(), PLAYWRIGHT_JSON_OUTPUT_FILE: report },
    limitMs: 40 * MINUTE_MS,
    read: countsOfPlaywright,
  })
}

/** @type {readonly (readonly [name: string, step: () => Promise<Result>])[]} */
const STEPS = [
  ['types', program('vue-tsc', '--build')],
  ['lint', program('eslint', '.', '--max-warnings', '0')],
  ['format', program('prettier', '--check', '.')],
  ['dead code', program('knip')],
  ['unit, property, contract, integration, component', unit],
  ['build', build],
  ['size', size],
  ['end to end', endToEnd],
]

/** @param {() => Promise<Result>} step */
async function attempt(step) {
  try {
    return await step()
  } catch (error) {
    const details = error instanceof Error ? error.message : String(error)
    return { counts: countsOfCheck(false), details }
  }
}

/** @returns {Promise<Counts>} */
async function all() {
  /** @type {Counts[]} */
  const counts = []
  for (const [name, step] of STEPS) {
    const startedAt = Date.now()
    const result = await attempt(step)
    const seconds = ((Date.now() - startedAt) / 1000).toFixed(0)
    console.log(
      `${result.counts.failed > 0 ? '✗' : '✓'} ${name}: ${textOf(result.counts)} (${seconds} s)`,
    )
    if (result.details !== undefined) console.log(`${result.details.trimEnd()}\n`)
    counts.push(result.counts)
  }
  return sumOf(counts)
}

const installed = await attempt(async () => {
  await installPackages()
  return { counts: sumOf([]) }
})
if (installed.counts.failed > 0) console.log(`✗ install: ${installed.details ?? ''}`)
const counts = installed.counts.failed > 0 ? installed.counts : await all()
rmSync(REPORTS, { recursive: true, force: true })
// The exit waits until the last line is out, also through a pipe.
process.exitCode = counts.failed > 0 ? 1 : 0
console.log(textOf(counts))
