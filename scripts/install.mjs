import { existsSync, readFileSync } from 'node:fs'
import { NODE, ROOT } from './places.mjs'
import { run } from './run.mjs'

/**
 * @typedef {{ version?: string, optional?: boolean, peer?: boolean }} Package
 * @typedef {{ packages?: Record<string, Package> }} Lock
 */

/**
 * Whether what npm noted of its last install differs from what package-lock.json asks for.
 * An optional package may be absent: it is for another system.
 * @param {Lock} wanted package-lock.json
 * @param {Lock} installed node_modules/.package-lock.json, which npm writes when all is in place
 */
export function isStale(wanted, installed) {
  return Object.entries(wanted.packages ?? {}).some(([path, entry]) => {
    if (path === '') return false
    const found = installed.packages?.[path]
    return found === undefined ? entry.optional !== true : found.version !== entry.version
  })
}

/** @returns {Lock} */
const lockAt = (/** @type {string} */ path) => JSON.parse(readFileSync(`${ROOT}/${path}`, 'utf8'))

const isInstalled = () =>
  existsSync(`${ROOT}/node_modules/.package-lock.json`) &&
  existsSync(NODE) &&
  !isStale(lockAt('package-lock.json'), lockAt('node_modules/.package-lock.json'))

/**
 * Bring node_modules to what package-lock.json says; nothing happens when it is so already.
 * @throws Error when npm failed; its own words are on the screen by then
 */
export async function installPackages() {
  if (isInstalled()) return
  console.log('Installing packages (npm ci) …')
  // Also under NODE_ENV=production: the pinned Node and the bundler are development dependencies.
  // Its warnings are about the machine's own Node, which only runs npm; errors are shown.
  const quiet = ['--loglevel=error', '--no-audit', '--no-fund']
  const { code } = await run('npm', ['ci', '--include=dev', ...quiet])
  if (code !== 0) throw new Error('npm ci failed')
  if (!existsSync(NODE)) {
    throw new Error(
      'npm did not run the install script of "node"; see allowScripts in package.json',
    )
  }
}
