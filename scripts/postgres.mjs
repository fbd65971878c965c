import { existsSync, readdirSync, realpathSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { locate } from './needs.mjs'
import { onPath } from './programs.mjs'

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

/** @type {import('./needs.mjs').Need} */
export const POSTGRES = {
  id: 'postgres',
  name: 'PostgreSQL',
  packages: ['postgresql'],
  services: ['postgresql'],
  find() {
    const initdb = onPath(['initdb'])
    const own = initdb === undefined ? [] : [dirname(realpathSync(initdb))]
    return [...own, ...debianDirectories()].find(isWhole)
  },
}

/**
 * Where PostgreSQL's programs are, if the machine has them.
 * @returns {string | undefined} a directory with `initdb`, `postgres` and `psql`
 */
export const findPostgres = () => locate(POSTGRES)
