import { CHROMIUM, CHROMIUM_SHELL, FIREFOX } from '../browser.mjs'
import { buildClient } from '../build.mjs'
import { CHINESE_FONTS } from '../fonts.mjs'
import { NGINX } from '../nginx.mjs'
import { POSTGRES } from '../postgres.mjs'
import { measureFirstLoad, tableOf } from '../size.mjs'
import { COTURN } from '../turnserver.mjs'
import { XVFB } from '../xvfb.mjs'
import { countsOfCheck } from './counts.mjs'
import { playwright, program, vitest } from './runners.mjs'

/**
 * @typedef {import('../needs.mjs').Need} Need
 * @typedef {import('./runners.mjs').Run} Run
 *
 * @typedef {object} Suite
 * @property {string} name
 * @property {readonly Need[]} needs of the machine; they are all installed before the first suite runs
 * @property {Run} run
 */

/** @type {Suite} */
const TYPES = { name: 'types', needs: [], run: program('vue-tsc', '--build') }

/** @type {Suite} */
const LINT = { name: 'lint', needs: [], run: program('eslint', '.', '--max-warnings', '0') }

/** @type {Suite} */
const FORMAT = { name: 'format', needs: [], run: program('prettier', '--check', '.') }

/** @type {Suite} */
const DEAD_CODE = { name: 'dead code and cycles', needs: [], run: program('knip') }

/** @type {Suite} */
const UNIT = {
  name: 'unit, property, contract, integration, component',
  needs: [CHROMIUM, COTURN, POSTGRES, NGINX],
  run: vitest(),
}

/** @type {Suite} */
const BUILD = {
  name: 'build',
  needs: [],
  async run() {
    await buildClient()
    return { counts: countsOfCheck(true) }
  },
}

/** @type {Suite} */
const SIZE = {
  name: 'size',
  needs: [],
  run() {
    const measure = measureFirstLoad()
    return Promise.resolve({
      counts: countsOfCheck(measure.isWithin),
      details: tableOf(measure),
    })
  },
}

const BROWSERS = [CHROMIUM, CHROMIUM_SHELL, FIREFOX, COTURN, CHINESE_FONTS, XVFB]

/** @type {Suite} */
const END_TO_END = { name: 'end to end', needs: BROWSERS, run: playwright() }

/**
 * Lanes that run side by side, one after the other inside; then the next stage.
 * @type {readonly (readonly (readonly Suite[])[])[]}
 */
export const ALL = [[[TYPES, FORMAT, DEAD_CODE], [LINT]], [[UNIT]], [[BUILD, SIZE]], [[END_TO_END]]]

/** @type {Suite} */
const QUICK_UNIT = {
  name: 'unit, component, contract on SQLite',
  needs: [CHROMIUM],
  run: vitest(
    ...['--project', 'node', '--project', 'dom'],
    ...['tests/shared', 'tests/server', 'tests/client', 'tests/contract', 'tests/scripts'],
  ),
}

/** @type {Suite} */
const TELLING = {
  name: 'the most telling end-to-end tests',
  needs: [CHROMIUM, CHROMIUM_SHELL, COTURN, CHINESE_FONTS],
  run: playwright('--grep', '@quick'),
}

/** What `--quick` runs. */
export const QUICK = [[[TYPES, DEAD_CODE], [LINT]], [[QUICK_UNIT]], [[BUILD]], [[TELLING]]]
