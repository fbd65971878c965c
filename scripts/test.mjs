/**
 * `npm test`: everything that shows that the product is true, from a fresh clone on. Installs first
 * what any suite needs. Goes on after a failed suite; its last line counts all checks and tests.
 * `--quick` is for people who wait: the suites that find most in a few minutes.
 */
import { parseArgs } from 'node:util'
import { installPackages } from './install.mjs'
import { ensureNeeds, verdictOn } from './needs.mjs'
import { countsOfCheck, sumOf, textOf } from './testing/counts.mjs'
import { attempt, runSuite } from './testing/runSuite.mjs'

/** @typedef {import('./testing/suites.mjs').Suite} Suite */

/** @param {readonly Suite[]} lane */
async function runLane(lane) {
  const counts = []
  for (const suite of lane) counts.push(await runSuite(suite))
  return sumOf(counts)
}

/** @param {readonly (readonly (readonly Suite[])[])[]} stages */
async function runStages(stages) {
  const counts = []
  for (const lanes of stages) counts.push(sumOf(await Promise.all(lanes.map(runLane))))
  return sumOf(counts)
}

/** @param {readonly Suite[]} suites */
async function prepare(suites) {
  const needs = [...new Set(suites.flatMap((suite) => suite.needs))]
  const { isFatal, lines } = verdictOn(await ensureNeeds(needs), suites)
  for (const line of lines) console.log(line)
  return isFatal ? countsOfCheck(false) : sumOf([])
}

async function main() {
  const { values } = parseArgs({ options: { quick: { type: 'boolean', default: false } } })
  await installPackages()
  // They import packages, which are there only now.
  const { ALL, QUICK } = await import('./testing/suites.mjs')
  const stages = values.quick ? QUICK : ALL
  const prepared = await prepare(stages.flat(2))
  return sumOf([prepared, await runStages(stages)])
}

const { counts, details } = await attempt(async () => ({ counts: await main() }))
if (details !== undefined) console.log(`✗ ${details}`)
// The exit waits until the last line is out, also through a pipe.
process.exitCode = counts.failed > 0 ? 1 : 0
console.log(textOf(counts))
