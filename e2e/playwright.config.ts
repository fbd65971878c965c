import { defineConfig } from '@playwright/test'
import { availableParallelism } from 'node:os'
import type { Surroundings } from './fixtures/browser.ts'

/** A call is two pages that encode and decode video, which is about all that a core can do. */
const WORKERS = Math.max(1, Math.min(2, Math.floor(availableParallelism() / 2)))

export default defineConfig<object, Surroundings>({
  testDir: './specs',
  outputDir: '../test-results/e2e',
  globalSetup: './fixtures/globalSetup.ts',
  workers: WORKERS,
  forbidOnly: true,
  // A test that passes the second time has found something.
  retries: 0,
  timeout: 60_000,
  expect: { timeout: 15_000 },
  reporter: 'list',
  use: {
    serviceWorkers: 'block',
    locale: 'zh-CN',
    trace: 'retain-on-failure',
    actionTimeout: 15_000,
  },
})
