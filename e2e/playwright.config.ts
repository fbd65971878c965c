import { defineConfig } from '@playwright/test'
import { availableParallelism } from 'node:os'
import { slowness } from '../scripts/testing/slowness.mjs'
import type { Surroundings } from './fixtures/browser.ts'

/** Most of a test is waiting for what a person would wait for; two at once fit on two cores. */
const WORKERS = Math.min(2, availableParallelism())

export default defineConfig<object, Surroundings>({
  testDir: './specs',
  outputDir: '../test-results/e2e',
  globalSetup: './fixtures/globalSetup.ts',
  workers: WORKERS,
  forbidOnly: true,
  // A test that passes the second time has found something.
  retries: 0,
  // What a slow machine needs, also one that becomes slow later on: only a failure takes so long.
  timeout: 240_000 * slowness(),
  expect: { timeout: 45_000 * slowness() },
  reporter: 'list',
  use: {
    serviceWorkers: 'block',
    locale: 'zh-CN',
    // Costs about a seventh of the time of a test; `--trace on` has it for the one that one looks at.
    trace: 'off',
    actionTimeout: 30_000 * slowness(),
  },
})
