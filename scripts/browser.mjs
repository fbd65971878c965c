import { existsSync } from 'node:fs'
import { createRequire } from 'node:module'
import { ensureNeeds, locate } from './needs.mjs'
import { binOf } from './places.mjs'
import { onPath } from './programs.mjs'
import { run } from './run.mjs'

/** @typedef {import('./needs.mjs').Need} Need */

const CHROMIUMS = ['chromium', 'chromium-browser', 'google-chrome', 'google-chrome-stable']
const FIREFOXES = ['firefox-esr', 'firefox']

/** @returns {string | undefined} the browser that Playwright downloaded, if it did */
function playwrightsOwn() {
  /** @type {typeof import('playwright')} */
  const { chromium } = createRequire(import.meta.url)('playwright')
  const path = chromium.executablePath()
  return existsSync(path) ? path : undefined
}

/** CHROME_PATH, one on the path, or Playwright's own. @type {Need} */
export const CHROMIUM = {
  id: 'chromium',
  name: 'Chromium',
  packages: ['chromium'],
  find: () => process.env['CHROME_PATH'] ?? onPath(CHROMIUMS) ?? playwrightsOwn(),
  download: () => run(binOf('playwright'), ['install', 'chromium']),
  isVital: true,
}

/**
 * Chromium without windows, for tests that need none. CHROME_SHELL_PATH, or one on the path.
 * @type {Need}
 */
export const CHROMIUM_SHELL = {
  id: 'chromium-shell',
  name: 'Chromium without windows',
  packages: ['chromium-headless-shell'],
  find: () => process.env['CHROME_SHELL_PATH'] ?? onPath(['chromium-headless-shell']),
  without: 'They run in a whole Chromium, and take longer.',
}

/** FIREFOX_PATH, or one on the path. @type {Need} */
export const FIREFOX = {
  id: 'firefox',
  name: 'Firefox',
  packages: ['firefox-esr'],
  find: () => process.env['FIREFOX_PATH'] ?? onPath(FIREFOXES),
}

/** The Chromium to test with. */
export const findChromium = () => locate(CHROMIUM)

/** The one without windows, for what needs none. */
export const findChromiumShell = () => locate(CHROMIUM_SHELL)

/** The Firefox to test with. Without one, its tests are skipped. */
export const findFirefox = () => locate(FIREFOX)

/**
 * A Chromium, installed when the machine has none.
 * @returns {Promise<string>} its path
 * @throws Error when there is none and none can be had
 */
export async function ensureChromium() {
  await ensureNeeds([CHROMIUM])
  const path = findChromium()
  if (path === undefined) throw new Error('no Chromium found: set CHROME_PATH to one')
  return path
}
