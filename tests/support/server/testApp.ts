import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { onTestFinished } from 'vitest'
import { buildApp, type App } from '#server/app.ts'
import { loadConfig } from '#server/config.ts'
import { DEADLINES, type Deadlines } from '#server/platform/http/deadlines.ts'
import { createLog } from '#server/platform/log/log.ts'
import { createBrowser, type Browser } from './browser.ts'
import { createTestClock, type TestClock } from './testClock.ts'
import { databaseOf, type TestDatabase } from './testDatabase.ts'

/** Cheap on purpose: what a hash costs is tested where it matters. */
const CHEAP_HASHES = { memoryKiB: 64, passes: 1 }

/** The whole server over a real database of its own. */
export interface TestApp extends Omit<TestDatabase, 'env'> {
  app: App
  clock: TestClock
  dataDir: string
  /** Every line that was logged. */
  logged: string[]
  /** A browser that knows nobody. */
  browser: (options?: { ip?: string; isHttps?: boolean }) => Browser
  /** A browser in which the n-th demo account (from 1) is logged in. */
  demo: (n: number) => Promise<Browser>
}

export async function createTempDir(): Promise<string> {
  const directory = await mkdtemp(join(tmpdir(), 'ahoy-test-'))
  onTestFinished(() => rm(directory, { recursive: true, force: true }))
  return directory
}

export interface TestAppOptions {
  env?: Record<string, string>
  dataDir?: string
  clock?: TestClock
  deadlines?: Partial<Deadlines>
  /** PEM texts: it speaks https. */
  tls?: { cert: string; key: string }
}

export async function createTestApp(options: TestAppOptions = {}): Promise<TestApp> {
  const { env = {}, clock = createTestClock(), dataDir = await createTempDir() } = options
  const { env: place, ...database } = databaseOf(dataDir)
  const config = loadConfig({ ...place, DIST_DIR: join(dataDir, 'dist'), ...env })
  const logged: string[] = []
  const log = createLog('trace', (line) => logged.push(line))
  const deadlines = { ...DEADLINES, ...options.deadlines }
  const { tls = null } = options
  const app = await buildApp({ config, clock, log, deadlines, tls, passwordCost: CHEAP_HASHES })
  onTestFinished(() => app.close())
  const browser: TestApp['browser'] = (from) => createBrowser(app, from)
  return {
    ...database,
    app,
    clock,
    dataDir,
    logged,
    browser,
    async demo(n) {
      const guest = browser()
      const mobile = String(13_006_789_000 + n)
      await guest.post('/api/session', { mobile, password: '123456' })
      return guest
    },
  }
}
