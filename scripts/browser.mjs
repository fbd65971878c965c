import { accessSync, constants, existsSync, readFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { delimiter, join } from 'node:path'
import { binOf } from './places.mjs'
import { run } from './run.mjs'

const CHROMIUMS = ['chromium', 'chromium-browser', 'google-chrome', 'google-chrome-stable']
const FIREFOXES = ['firefox-esr', 'firefox']

const canRun = (/** @type {string} */ path) => {
  try {
    accessSync(path, constants.X_OK)
    return true
  } catch {
    return false
  }
}

/** @returns {string | undefined} the first of these programs that stands on the path */
function onPath(/** @type {readonly string[]} */ names) {
  const directories = (process.env['PATH'] ?? '').split(delimiter)
  return names.flatMap((name) => directories.map((directory) => join(directory, name))).find(canRun)
}

/** @returns {string | undefined} the browser that Playwright downloaded, if it did */
function playwrightsOwn() {
  /** @type {typeof import('playwright')} */
  const { chromium } = createRequire(import.meta.url)('playwright')
  const path = chromium.executablePath()
  return existsSync(path) ? path : undefined
}

/** The Chromium to test with: CHROME_PATH, one on the path, or Playwright's own. */
export const findChromium = () =>
  process.env['CHROME_PATH'] ?? onPath(CHROMIUMS) ?? playwrightsOwn()

/** The Firefox to test with: FIREFOX_PATH, or one on the path. Without one, its tests are skipped. */
export const findFirefox = () => process.env['FIREFOX_PATH'] ?? onPath(FIREFOXES)

const isDebianRoot = () =>
  process.getuid?.() === 0 &&
  existsSync('/etc/os-release') &&
  /^ID(_LIKE)?=.*debian/m.test(readFileSync('/etc/os-release', 'utf8'))

async function installChromium() {
  console.log('Installing Chromium for the browser tests …')
  if (isDebianRoot()) {
    const env = { DEBIAN_FRONTEND: 'noninteractive' }
    await run('apt-get', ['update'], { env, quiet: true })
    const args = ['install', '-y', '--no-install-recommends', 'chromium']
    const { code } = await run('apt-get', args, { env, quiet: true })
    if (code === 0) return
  }
  await run(binOf('playwright'), ['install', 'chromium'])
}

/**
 * A Chromium, installed when the machine has none.
 * @returns {Promise<string>} its path
 * @throws Error when there is none and none can be had
 */
export async function ensureChromium() {
  if (findChromium() === undefined) await installChromium()
  const path = findChromium()
  if (path === undefined) throw new Error('no Chromium found: set CHROME_PATH to one')
  return path
}
