import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { DatabaseSync, type SQLOutputValue } from 'node:sqlite'
import { onTestFinished } from 'vitest'
import { buildApp, type App } from '#server/app.ts'
import { loadConfig } from '#server/config.ts'
import { createLog } from '#server/platform/log/log.ts'
import { createBrowser, type Browser } from './browser.ts'
import { createTestClock, type TestClock } from './testClock.ts'

/** Cheap on purpose: what a hash costs is tested where it matters. */
const CHEAP_HASHES = { memoryKiB: 64, passes: 1 }

/** The whole server over a real database in a directory of its own. */
export interface TestApp {
  app: App
  clock: TestClock
  dataDir: string
  /** Every line that was logged. */
  logged: string[]
  /** A browser that knows nobody. */
  browser: (options?: { ip?: string; isHttps?: boolean }) => Browser
  /** A browser in which the n-th demo account (from 1) is logged in. */
  demo: (n: number) => Promise<Browser>
  /** Rows as they are on disk. */
  rows: (sql: string) => Record<string, SQLOutputValue>[]
  /** Change what is on disk behind the server's back. */
  execute: (sql: string) => void
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
}

export async function createTestApp(options: TestAppOptions = {}): Promise<TestApp> {
  const { env = {}, clock = createTestClock(), dataDir = await createTempDir() } = options
  const config = loadConfig({ DATA_DIR: dataDir, DIST_DIR: join(dataDir, 'dist'), ...env })
  const logged: string[] = []
  const log = createLog('trace', (line) => logged.push(line))
  const app = await buildApp({ config, clock, log, passwordCost: CHEAP_HASHES })
  onTestFinished(() => app.close())
  const browser: TestApp['browser'] = (from) => createBrowser(app.http, from)
  return {
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
    rows(sql) {
      const database = new DatabaseSync(join(dataDir, 'ahoy.sqlite'), { readOnly: true })
      const rows = database.prepare(sql).all()
      database.close()
      return rows
    },
    execute(sql) {
      const database = new DatabaseSync(join(dataDir, 'ahoy.sqlite'))
      database.exec(sql)
      database.close()
    },
  }
}
