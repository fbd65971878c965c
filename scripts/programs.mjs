import { accessSync, constants, existsSync, readFileSync } from 'node:fs'
import { delimiter, join } from 'node:path'
import { run } from './run.mjs'

const canRun = (/** @type {string} */ path) => {
  try {
    accessSync(path, constants.X_OK)
    return true
  } catch {
    return false
  }
}

/** Where programs of the system's own stand, which the path of a user often leaves out. */
const SYSTEM = ['/usr/local/sbin', '/usr/sbin', '/sbin']

/** @returns {string | undefined} the first of these programs that the machine has */
export function onPath(/** @type {readonly string[]} */ names) {
  const directories = [...(process.env['PATH'] ?? '').split(delimiter), ...SYSTEM]
  return names.flatMap((name) => directories.map((directory) => join(directory, name))).find(canRun)
}

/** Whether this is a Debian whose packages we may install. */
export const isDebianRoot = () =>
  process.getuid?.() === 0 &&
  existsSync('/etc/os-release') &&
  /^ID(_LIKE)?=.*debian/m.test(readFileSync('/etc/os-release', 'utf8'))

/**
 * Install packages of Debian, where this is one and we may.
 * @param {readonly string[]} packages
 * @returns {Promise<boolean>} whether it was done
 */
export async function installDebian(...packages) {
  if (!isDebianRoot() || packages.length === 0) return false
  const env = { DEBIAN_FRONTEND: 'noninteractive' }
  await run('apt-get', ['update'], { env, quiet: true })
  const args = ['install', '-y', '--no-install-recommends', ...packages]
  const { code } = await run('apt-get', args, { env, quiet: true })
  return code === 0
}
