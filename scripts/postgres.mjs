import { existsSync, readdirSync, realpathSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { installDebian, onPath } from './programs.mjs'
import { run } from './run.mjs'

const PROGRAMS = ['initdb', 'postgres', 'psql']
/** Debian keeps each version's programs apart, and off the path. */
const DEBIAN = '/usr/lib/postgresql'

const isWhole = (/** @type {string} */ directory) =>
  PROGRAMS.every((program) => existsSync(join(directory, program)))

/** @returns {string[]} the newest version first */
function debianDirectories() {
  if (!existsSync(DEBIAN)) return []
  const versions = readdirSync(DEBIAN).sort((a, b) => Number(b) - Number(a))
  return versions.map((version) => join(DEBIAN, version, 'bin'))
}

/**
 * Where PostgreSQL's programs stand, where the machine has them.
 * @returns {string | undefined} a directory with `initdb`, `postgres` and `psql`
 */
export function findPostgres() {
  const initdb = onPath(['initdb'])
  const own = initdb === undefined ? [] : [dirname(realpathSync(initdb))]
  return [...own, ...debianDirectories()].find(isWhole)
}

/**
 * PostgreSQL, installed when the machine has none and we may. Without it its half of the tests is
 * skipped, which is said.
 * @returns {Promise<string | undefined>} as `findPostgres`
 */
export async function ensurePostgres() {
  if (findPostgres() === undefined) {
    console.log('Installing PostgreSQL for its half of the storage tests …')
    // The package starts a database server of its own, which nobody asked for: the tests start theirs.
    if (await installDebian('postgresql')) {
      await run('systemctl', ['disable', '--now', 'postgresql'], { quiet: true })
    }
  }
  const found = findPostgres()
  if (found === undefined) {
    console.log(
      '! no PostgreSQL, and none can be installed: its half of the storage tests is skipped',
    )
  }
  return found
}
