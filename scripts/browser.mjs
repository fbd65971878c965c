import { existsSync } from 'node:fs'
import { createRequire } from 'node:module'
import { installDebian, onPath } from './programs.mjs'
import { binOf } from './places.mjs'
import { run } from './run.mjs'

const CHROMIUMS = ['chromium', 'chromium-browser', 'google-chrome', 'google-chrome-stable']
const FIREFOXES = ['firefox-esr', 'firefox']

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

async function installChromium() {
  console.log('Installing Chromium for the browser tests …')
  if (await installDebian('chromium')) return
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
